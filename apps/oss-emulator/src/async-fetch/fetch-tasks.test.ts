import { describe, expect, it } from 'vitest';
import { createFetchTasks } from './fetch-tasks.ts';

const untilBrokenOff = (signal: AbortSignal): Promise<void> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('broken off'))));

describe('fetch tasks', () => {
  it('are refused while 64 run, and break off when all is closed', async () => {
    const tasks = createFetchTasks<string>();
    const ids = Array.from({ length: 64 }, () => tasks.start('b', 'info', untilBrokenOff));
    expect(() => tasks.start('b', 'info', untilBrokenOff)).toThrow(
      expect.objectContaining({ code: 'ServiceUnavailable' }),
    );
    await tasks.close();
    expect(tasks.find('b', ids[0]!)).toMatchObject({ state: 'Failed', errorMessage: 'broken off' });
    tasks.start('b', 'info', async () => undefined);
  });

  it('are forgotten from the oldest on when there are more than a thousand', async () => {
    const tasks = createFetchTasks<number>();
    const ids: string[] = [];
    for (let number = 0; number < 1001; number += 1) {
      ids.push(tasks.start('b', number, async () => undefined));
      // oxlint-disable-next-line no-await-in-loop
      await new Promise(setImmediate);
    }
    expect(tasks.find('b', ids[0]!)).toBeUndefined();
    expect(tasks.find('b', ids[1]!)).toMatchObject({ info: 1, state: 'Success' });
    expect(tasks.find('other', ids[1]!)).toBeUndefined();
  });
});
