import { OssError } from '../oss-error.ts';
import type { BucketAcl } from '../store/object-store.ts';

/** The last is on no page: the Java SDK sets it in a test (BucketInfoTest) and reads it back. */
const BUCKET_ACLS: readonly string[] = [
  'private',
  'public-read',
  'public-read-write',
  'authenticated-read',
] satisfies BucketAcl[];

/**
 * The header `x-oss-acl`.
 * @returns `undefined` when there is none
 * @throws {OssError} `InvalidArgument`
 */
export function readBucketAcl(text: string | undefined): BucketAcl | undefined {
  if (text === undefined || isBucketAcl(text)) return text;
  throw new OssError(
    'InvalidArgument',
    { ArgumentName: 'x-oss-acl', ArgumentValue: text },
    { message: 'no such bucket access control exists', ec: '0015-00000204' },
  );
}

function isBucketAcl(text: string): text is BucketAcl {
  return BUCKET_ACLS.includes(text);
}
