import type { BucketRecord } from './object-store.ts';

/** A record as JSON gives it back. What was added to the contract later may be missing. */
export type WrittenBucketRecord = Omit<BucketRecord, 'createdAt' | 'settings'> &
  Partial<Pick<BucketRecord, 'settings'>> & { readonly createdAt: string };

/** The reverse of `JSON.stringify(record)`, also for records that an earlier version of the emulator wrote. */
export function decodeBucketRecord(written: WrittenBucketRecord): BucketRecord {
  return { settings: {}, ...written, createdAt: new Date(written.createdAt) };
}
