import type { Operation } from '../operation.ts';
import { OssError } from '../oss-error.ts';

/**
 * Bucket names are one namespace for every account, so on the real OSS there are buckets that exist and are somebody
 * else's. Here they are names without contents: enough to see what a program makes of the refusal. The one that is there
 * unless told otherwise is the one the Java SDK's tests count on (aliyun-oss-java-sdk 3.18.4, `TestBase`,
 * `NOT_OWNERSHIP_BUCKET_SUFFIX`).
 */
export const DEFAULT_FOREIGN_BUCKETS: readonly string[] = ['oss-attachment'];

/** A bucket that is not there is made by either (Java SDK, `CreateBucketTest` and `BucketAclTest`). */
const CREATING: readonly string[] = ['PutBucket', 'PutBucketAcl'];

/**
 * @throws {OssError} `BucketAlreadyExists` for an attempt to create it, `AccessDenied` for
 * everything else (Java SDK, `PutObjectTest`; message and EC: OSS's error page for 0003-00000001)
 */
export function refuseForeignBucket(bucket: string, operation: Operation, foreignBuckets: ReadonlySet<string>): void {
  if (!foreignBuckets.has(bucket)) return;
  if (CREATING.includes(operation.name)) throw new OssError('BucketAlreadyExists', { BucketName: bucket });
  throw new OssError(
    'AccessDenied',
    { BucketName: bucket },
    { message: 'The bucket you access does not belong to you.', ec: '0003-00000001' },
  );
}
