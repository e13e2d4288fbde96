import { requireBucket } from '../authorize.ts';
import { OssError } from '../oss-error.ts';
import type { ObjectStore, StoredObject } from '../store/object-store.ts';

/** @throws {OssError} `NoSuchBucket`, `NoSuchKey` */
export async function requireObject(store: ObjectStore, bucket: string, key: string): Promise<StoredObject> {
  const object = await store.head(bucket, key);
  if (object === undefined) throw await missingObject(store, bucket, key);
  return object;
}

/** The bucket is looked for only now: reading an object that is there takes one look-up. */
export async function missingObject(store: ObjectStore, bucket: string, key: string): Promise<OssError> {
  await requireBucket(store, bucket);
  return new OssError('NoSuchKey', { Key: key });
}
