import { requireBucket } from '../require-bucket.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../http/oss-response.ts';

/**
 * Answers what is not built by its name, once sender and bucket are known: the SDKs' tests ask such operations for
 * `InvalidAccessKeyId` and `NoSuchBucket` (PHP SDK v2, testListCloudBoxesFail and testAccessPointFail).
 * @throws {OssError} `NoSuchBucket` or `NotImplemented`
 */
export async function refuseUnbuilt({ operation, bucket, emulator }: OperationCall): Promise<OssResponse> {
  if (bucket !== '') await requireBucket(emulator.store, bucket);
  throw new OssError('NotImplemented', {}, { message: `${operation.name} is not implemented by this emulator.` });
}
