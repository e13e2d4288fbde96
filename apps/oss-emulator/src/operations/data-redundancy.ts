import { withSetting } from '../bucket-configuration/bucket-setting.ts';
import { finishedAt, redundancyTask } from '../bucket-configuration/redundancy-task.ts';
import type { BucketRecord } from '../store/object-store.ts';

/** Among a bucket's settings, where it is not the usual one. */
export const REDUNDANCY_SETTING = 'dataRedundancyType';
export const DEFAULT_REDUNDANCY_TYPE = 'LRS';

/** `LRS` or `ZRS`: what was chosen when the bucket was made, until a task has converted it. */
export function redundancyType(bucket: BucketRecord, now: Date): string {
  const task = redundancyTask(bucket);
  if (task !== undefined && finishedAt(task, now) !== undefined) return 'ZRS';
  return bucket.settings[REDUNDANCY_SETTING] ?? DEFAULT_REDUNDANCY_TYPE;
}

export function withRedundancyType(bucket: BucketRecord, type: string): BucketRecord {
  return withSetting(bucket, REDUNDANCY_SETTING, type === DEFAULT_REDUNDANCY_TYPE ? undefined : type);
}
