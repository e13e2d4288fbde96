import type { BucketRecord } from '../store/object-store.ts';

export const OBJECT_WORM_SETTING = 'objectWorm';

/** Whether versions of the bucket's objects can be protected one by one; once they can, for ever. */
export function hasObjectWorm(bucket: BucketRecord): boolean {
  return bucket.settings[OBJECT_WORM_SETTING] !== undefined;
}
