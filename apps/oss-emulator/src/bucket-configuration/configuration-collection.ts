import type { BucketRecord } from '../store/object-store.ts';
import { withSetting } from './bucket-setting.ts';

/** One of several configurations of a bucket that have a name each. */
export interface CollectedConfiguration {
  readonly id: string;
  /** The configuration as it is answered. */
  readonly xml: string;
}

/** In the order in which they were put. */
export function collectedConfigurations(bucket: BucketRecord, setting: string): readonly CollectedConfiguration[] {
  return JSON.parse(bucket.settings[setting] ?? '[]') as CollectedConfiguration[];
}

/** Adds the configuration, or puts it in the place of the one of the same name. */
export function withCollected(bucket: BucketRecord, setting: string, added: CollectedConfiguration): BucketRecord {
  const present = collectedConfigurations(bucket, setting);
  const isReplaced = present.some(({ id }) => id === added.id);
  const changed = isReplaced ? present.map((item) => (item.id === added.id ? added : item)) : [...present, added];
  return withSetting(bucket, setting, JSON.stringify(changed));
}

export function withoutCollected(bucket: BucketRecord, setting: string, id: string): BucketRecord {
  const left = collectedConfigurations(bucket, setting).filter((item) => item.id !== id);
  return withSetting(bucket, setting, left.length === 0 ? undefined : JSON.stringify(left));
}
