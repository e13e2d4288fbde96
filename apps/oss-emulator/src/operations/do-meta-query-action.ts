import { requireBucket } from '../require-bucket.ts';
import type { OperationHandler } from '../operation.ts';
import { OssError } from '../oss-error.ts';

/** What OSS says to a bucket that data sets are not for: TestDoMetaQueryAction of the Go SDK v2. */
export const doMetaQueryAction: OperationHandler = async ({ bucket, emulator }) => {
  await requireBucket(emulator.store, bucket);
  throw new OssError('OperationNotSupported', {}, { ec: '0037-00000001' });
};
