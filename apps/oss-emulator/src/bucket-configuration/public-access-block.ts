import { OssError } from '../oss-error.ts';
import type { BucketAcl, BucketRecord, ObjectStore } from '../store/object-store.ts';
import { ACCOUNT_RECORD } from './account-record.ts';
import { bucketSetting } from './bucket-setting.ts';
import { textAt } from './configuration-node.ts';
import { flag, withFallback } from './element-rules.ts';
import type { StoredConfiguration } from './stored-configuration.ts';

/** Source: putbucketpublicaccessblock. A document without the element means false (Java SDK, PutBucketPublicAccessBlockTest). */
export const publicAccessBlock: StoredConfiguration = {
  setting: 'publicAccessBlock',
  root: 'PublicAccessBlockConfiguration',
  content: { BlockPublicAccess: withFallback(flag, 'false') },
  absent: () => [['BlockPublicAccess', false]],
};

/** Whether public access was blocked by PutBucketPublicAccessBlock: then a public ACL opens nothing. */
export function blocksPublicAccess(bucket: BucketRecord): boolean {
  return textAt(bucketSetting(bucket, publicAccessBlock.setting), 'BlockPublicAccess') === 'true';
}

/**
 * Whether the bucket or the whole account blocks public access: the stricter of the two counts.
 *
 * https://www.alibabacloud.com/help/en/oss/user-guide/block-public-access
 */
export async function isPublicAccessBlocked(store: ObjectStore, bucket: BucketRecord): Promise<boolean> {
  return blocksPublicAccess(bucket) || (await accountBlocksPublicAccess(store));
}

/** @throws {OssError} `AccessDenied` for a public ACL on a bucket that blocks public access */
export function checkPublicAcl(bucket: BucketRecord, acl: BucketAcl): void {
  if (acl !== 'private' && blocksPublicAccess(bucket)) throw publicAclRefusal(bucket.name);
}

/** @throws {OssError} `AccessDenied` for a public ACL in an account that blocks public access */
export async function checkAccountPublicAcl(store: ObjectStore, bucket: string, acl: BucketAcl | undefined) {
  const isPublic = acl !== undefined && acl !== 'private';
  if (isPublic && (await accountBlocksPublicAccess(store))) throw publicAclRefusal(bucket);
}

async function accountBlocksPublicAccess(store: ObjectStore): Promise<boolean> {
  const account = await store.getBucket(ACCOUNT_RECORD);
  return account !== undefined && blocksPublicAccess(account);
}

function publicAclRefusal(bucket: string): OssError {
  return new OssError('AccessDenied', { BucketName: bucket }, { message: 'Put public bucket acl is not allowed' });
}
