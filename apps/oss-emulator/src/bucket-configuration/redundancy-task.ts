import type { BucketRecord } from '../store/object-store.ts';
import { withSetting } from './bucket-setting.ts';

/** A bucket is converted once, from LRS to ZRS, so it has one task at most. */
export interface RedundancyTask {
  readonly id: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

const SETTING = 'redundancyTransition';
/** With OSS it takes hours; long enough to be seen waiting, short enough to be waited for. */
const WAITING_MS = 5000;

export function redundancyTask(bucket: BucketRecord): RedundancyTask | undefined {
  const text = bucket.settings[SETTING];
  return text === undefined ? undefined : (JSON.parse(text) as RedundancyTask);
}

export function withRedundancyTask(bucket: BucketRecord, task: RedundancyTask | undefined): BucketRecord {
  return withSetting(bucket, SETTING, task === undefined ? undefined : JSON.stringify(task));
}

/** @returns when the task was done; `undefined` while it waits */
export function finishedAt(task: RedundancyTask, now: Date): Date | undefined {
  const end = new Date(Date.parse(task.createdAt) + WAITING_MS);
  return end.getTime() <= now.getTime() ? end : undefined;
}
