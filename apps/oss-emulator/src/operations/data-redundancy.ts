import type { BucketRecord } from '../store/object-store.ts';

/** Among a bucket's settings, where it is not the usual one. */
export const REDUNDANCY_SETTING = 'dataRedundancyType';
export const DEFAULT_REDUNDANCY_TYPE = 'LRS';

/** `LRS` or `ZRS`; chosen when the bucket is made. */
export function redundancyType(bucket: BucketRecord): string {
  return bucket.settings[REDUNDANCY_SETTING] ?? DEFAULT_REDUNDANCY_TYPE;
}
