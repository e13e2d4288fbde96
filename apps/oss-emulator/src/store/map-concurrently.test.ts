import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { mapConcurrently } from './map-concurrently.ts';

describe('mapConcurrently', () => {
  it('keeps the order of the items and the limit', async () => {
    let underWay = 0;
    let most = 0;
    const results = await mapConcurrently([30, 1, 20, 2, 10], 2, async (ms) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await sleep(ms);
      underWay -= 1;
      return ms * 2;
    });
    expect(results).toEqual([60, 2, 40, 4, 20]);
    expect(most).toBe(2);
  });

  it('fails when one of them fails', async () => {
    const failing = mapConcurrently([1, 2], 1, () => Promise.reject(new RangeError('failed')));
    await expect(failing).rejects.toThrow(new RangeError('failed'));
  });
});
