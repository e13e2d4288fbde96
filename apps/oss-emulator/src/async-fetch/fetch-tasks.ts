import { randomUUID } from 'node:crypto';
import { OssError } from '../oss-error.ts';

/** The Python SDK v1's `ASYNC_FETCH_TASK_STATE_…`; it also knows `Retry`, and the emulator never tries again. */
export type FetchState = 'Running' | 'Success' | 'FetchSuccessCallbackFailed' | 'Failed';

export interface FetchTask<Info> {
  readonly id: string;
  readonly bucket: string;
  /** What was asked for. */
  readonly info: Info;
  readonly state: FetchState;
  /** Empty unless something went wrong. */
  readonly errorMessage: string;
}

/** Tasks are in memory only: a restarted emulator knows none, and of many the oldest are forgotten. */
export interface FetchTasks<Info> {
  /**
   * Runs in the background.
   * @returns the id of the task
   * @throws {OssError} `ServiceUnavailable` while too many run
   */
  start(bucket: string, info: Info, run: (signal: AbortSignal) => Promise<void>): string;
  find(bucket: string, id: string): FetchTask<Info> | undefined;
  /** Forgets all; those that run come to their end unseen. */
  clear(): void;
  /** Breaks off what runs, and waits for it. */
  close(): Promise<void>;
}

const MAX_TASKS = 1000;
/** Each has a connection, and perhaps a callback under way. */
const MAX_RUNNING = 64;

export function createFetchTasks<Info>(): FetchTasks<Info> {
  const tasks = new Map<string, FetchTask<Info>>();
  const running = new Set<Promise<void>>();
  const closing = new AbortController();

  const settle = (task: FetchTask<Info>, state: FetchState, errorMessage: string): void => {
    if (tasks.has(task.id)) tasks.set(task.id, { ...task, state, errorMessage });
  };
  const follow = async (task: FetchTask<Info>, run: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    try {
      await run(closing.signal);
      settle(task, 'Success', '');
    } catch (error) {
      // The object is stored by then.
      const isCallback = error instanceof OssError && error.code === 'CallbackFailed';
      settle(task, isCallback ? 'FetchSuccessCallbackFailed' : 'Failed', messageOf(error));
    }
  };

  return {
    start(bucket, info, run) {
      if (running.size >= MAX_RUNNING) throw new OssError('ServiceUnavailable');
      const task = { id: randomUUID(), bucket, info, state: 'Running', errorMessage: '' } as const;
      tasks.set(task.id, task);
      for (const [oldest] of tasks) {
        if (tasks.size <= MAX_TASKS) break;
        tasks.delete(oldest);
      }
      const followed = follow(task, run);
      running.add(followed);
      void followed.finally(() => running.delete(followed));
      return task.id;
    },
    find(bucket, id) {
      const task = tasks.get(id);
      return task?.bucket === bucket ? task : undefined;
    },
    clear: () => tasks.clear(),
    async close() {
      closing.abort();
      await Promise.all(running);
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : 'The fetch failed.';
}
