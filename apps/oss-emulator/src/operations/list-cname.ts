import { requireBucket } from '../authorize.ts';
import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../oss-response.ts';
import type { OssResponse } from '../oss-response.ts';

/** Always empty: own domain names cannot be bound to a bucket of the emulator. */
export async function listCname({ bucket, emulator }: OperationCall): Promise<OssResponse> {
  await requireBucket(emulator.store, bucket);
  return xmlResponse('ListCnameResult', [
    ['Bucket', bucket],
    ['Owner', emulator.account.id],
  ]);
}
