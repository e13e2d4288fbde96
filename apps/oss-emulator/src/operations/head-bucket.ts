import { requireBucket } from '../require-bucket.ts';
import type { OperationCall } from '../operation.ts';
import type { OssResponse } from '../http/oss-response.ts';

/** `HEAD /` of a bucket is on no page; it is the Java SDK's getBucketMetadata (BucketMetadataTest reads the header). */
export async function headBucket({ bucket, emulator }: OperationCall): Promise<OssResponse> {
  await requireBucket(emulator.store, bucket);
  return { status: 200, headers: { 'x-oss-bucket-region': `oss-${emulator.region}` } };
}
