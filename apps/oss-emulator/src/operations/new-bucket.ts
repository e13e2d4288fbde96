import type { BucketRecord } from '../store/object-store.ts';
import { wholeSeconds } from './object-head.ts';

/** @param attributes those that are not a new bucket's usual ones */
export function newBucket(name: string, now: Date, attributes: Partial<BucketRecord> = {}): BucketRecord {
  return { acl: 'private', storageClass: 'Standard', settings: {}, ...attributes, name, createdAt: wholeSeconds(now) };
}
