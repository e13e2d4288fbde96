import { OssError } from './oss-error.ts';
import type { BucketRecord, ObjectStore } from './store/object-store.ts';

/** @throws {OssError} `NoSuchBucket` */
export async function requireBucket(store: ObjectStore, bucket: string): Promise<BucketRecord> {
  const record = await store.getBucket(bucket);
  if (record === undefined) throw new OssError('NoSuchBucket', { BucketName: bucket });
  return record;
}
