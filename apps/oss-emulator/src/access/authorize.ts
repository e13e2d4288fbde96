import { isPublicAccessBlocked } from '../bucket-configuration/public-access-block.ts';
import type { Caller, Operation } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { requireBucket } from '../require-bucket.ts';
import type { BucketAcl, ObjectStore, StoredObject } from '../store/object-store.ts';

type PublicAccess = 'read' | 'write';

const OPEN_TO_EVERYBODY: Readonly<Record<BucketAcl, readonly PublicAccess[]>> = {
  private: [],
  'public-read': ['read'],
  'public-read-write': ['read', 'write'],
  'authenticated-read': [],
};

const FORBIDDEN_MESSAGES: Readonly<Record<Exclude<Caller['kind'], 'owner'>, string>> = {
  anonymous: 'Anonymous access is forbidden for this operation.',
  // OSS's error page for 0003-00000001.
  'other-account': 'The bucket you access does not belong to you.',
};

/** What a request is for; `key` is empty when it is for no object. */
export interface RequestedResource {
  readonly bucket: string;
  readonly key: string;
  /** As the request gives it; the current version unless it does. */
  readonly versionId?: string | undefined;
}

/**
 * The owner may do everything; for others the object's ACL decides, and the bucket's where the object has none.
 * @throws {OssError} `AccessDenied`, or `NoSuchBucket`
 */
export async function authorize(
  caller: Caller,
  operation: Operation,
  { bucket, key, versionId }: RequestedResource,
  store: ObjectStore,
) {
  if (caller.kind === 'owner') return;
  if (operation.resource === 'service' || operation.publicAccess === undefined) {
    // The EC is documented for the ACL case; that it is the same here is assumed.
    throw new OssError(
      'AccessDenied',
      { BucketName: bucket === '' ? undefined : bucket },
      { message: FORBIDDEN_MESSAGES[caller.kind], ec: '0003-00000001' },
    );
  }
  const record = await requireBucket(store, bucket);
  if (await isPublicAccessBlocked(store, record)) throw new OssError('AccessDenied');
  const acl = asSeenBy(caller, record.acl);
  const object = key === '' ? undefined : await store.head(bucket, key, versionId);
  requireOpen(object, acl, operation.publicAccess);
  if (operation.publicAccess === 'read' && object?.symlinkTarget !== undefined) {
    // The ACLs of a symlink and of its target both have to allow it (page PutSymlink).
    requireOpen(await store.head(bucket, object.symlinkTarget), acl, 'read');
  }
}

/** Every account may read what is `authenticated-read`. */
function asSeenBy(caller: Caller, acl: BucketAcl): BucketAcl {
  return acl === 'authenticated-read' && caller.kind === 'other-account' ? 'public-read' : acl;
}

function requireOpen(object: StoredObject | undefined, bucketAcl: BucketAcl, access: PublicAccess): void {
  if (OPEN_TO_EVERYBODY[object?.acl ?? bucketAcl].includes(access)) return;
  if (object?.acl === undefined) throw new OssError('AccessDenied');
  throw new OssError('AccessDenied', {}, { message: 'You have no right to access this object.' });
}
