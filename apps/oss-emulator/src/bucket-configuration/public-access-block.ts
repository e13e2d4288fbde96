import { OssError } from '../oss-error.ts';
import type { BucketAcl, BucketRecord } from '../store/object-store.ts';
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

/** @throws {OssError} `AccessDenied` for a public ACL on a bucket that blocks public access */
export function checkPublicAcl(bucket: BucketRecord, acl: BucketAcl): void {
  if (acl !== 'private' && blocksPublicAccess(bucket)) {
    throw new OssError(
      'AccessDenied',
      { BucketName: bucket.name },
      { message: 'Put public bucket acl is not allowed' },
    );
  }
}
