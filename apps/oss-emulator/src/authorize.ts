import type { Caller, Operation } from './operation.ts';
import { OssError } from './oss-error.ts';
import type { BucketAcl, ObjectStore } from './store/object-store.ts';

const OPEN_TO_ANONYMOUS: Readonly<Record<BucketAcl, readonly Operation['publicAccess'][]>> = {
  private: [],
  'public-read': ['read'],
  'public-read-write': ['read', 'write'],
};

/**
 * The owner may do everything; without a signature the bucket's ACL decides.
 * @throws {OssError} `AccessDenied`, or `NoSuchBucket`
 */
export async function authorize(caller: Caller, operation: Operation, bucket: string, store: ObjectStore) {
  if (caller.kind === 'owner') return;
  if (operation.resource === 'service' || operation.publicAccess === undefined) {
    // The EC is documented for the ACL case; that it is the same here is assumed.
    throw new OssError(
      'AccessDenied',
      { BucketName: bucket === '' ? undefined : bucket },
      { message: 'Anonymous access is forbidden for this operation.', ec: '0003-00000001' },
    );
  }
  const { acl } = await requireBucket(store, bucket);
  if (!OPEN_TO_ANONYMOUS[acl].includes(operation.publicAccess)) throw new OssError('AccessDenied');
}

/** @throws {OssError} `NoSuchBucket` */
export async function requireBucket(store: ObjectStore, bucket: string) {
  const record = await store.getBucket(bucket);
  if (record === undefined) throw new OssError('NoSuchBucket', { BucketName: bucket });
  return record;
}
