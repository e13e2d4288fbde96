import { requireBucket } from '../authorize.ts';
import type { OperationCall } from '../operation.ts';
import type { OssResponse } from '../oss-response.ts';

/** 204 whether or not there was such an object. */
export async function deleteObject({ bucket, key, emulator }: OperationCall): Promise<OssResponse> {
  await requireBucket(emulator.store, bucket);
  await emulator.store.delete(bucket, key);
  return { status: 204 };
}
