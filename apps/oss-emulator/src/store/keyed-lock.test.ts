import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { KeyedLock } from './keyed-lock.ts';

describe('KeyedLock', () => {
  it('runs work for one key one after the other, in order, and for other keys meanwhile', async () => {
    const lock = new KeyedLock();
    const log: string[] = [];
    const work = (key: string, name: string, ms: number) =>
      lock.run(key, async () => {
        log.push(`${name} begins`);
        await sleep(ms);
        log.push(`${name} ends`);
        return name;
      });
    expect(await Promise.all([work('k', 'a', 40), work('k', 'b', 1), work('other', 'c', 10)])).toEqual(['a', 'b', 'c']);
    expect(log).toEqual(['a begins', 'c begins', 'c ends', 'a ends', 'b begins', 'b ends']);
  });

  it('passes a failure to who caused it, and goes on', async () => {
    const lock = new KeyedLock();
    const failing = lock.run('k', () => Promise.reject(new RangeError('failed')));
    const next = lock.run('k', async () => 'next');
    await expect(failing).rejects.toThrow(new RangeError('failed'));
    expect(await next).toBe('next');
  });
});
