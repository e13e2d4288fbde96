import { requireBucket } from '../authorize.ts';
import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../oss-response.ts';
import type { OssResponse } from '../oss-response.ts';

export async function getBucketLocation({ bucket, emulator }: OperationCall): Promise<OssResponse> {
  await requireBucket(emulator.store, bucket);
  return xmlResponse('LocationConstraint', `oss-${emulator.region}`);
}
