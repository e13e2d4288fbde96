import { requireBucket } from '../require-bucket.ts';
import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';

export async function getBucketLocation({ bucket, emulator }: OperationCall): Promise<OssResponse> {
  await requireBucket(emulator.store, bucket);
  return xmlResponse('LocationConstraint', `oss-${emulator.region}`);
}
