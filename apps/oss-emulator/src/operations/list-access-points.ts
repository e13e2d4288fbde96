import { requireBucket } from '../require-bucket.ts';
import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { readMaxKeys } from './list-parameters.ts';

/**
 * ListAccessPoints of the account or of a bucket: there are none, as they cannot be made here. The PHP SDK v2's tests look
 * for them before they delete any bucket. Elements: Go SDK v2, `ListAccessPointsResult`.
 * @throws {OssError} `NoSuchBucket`, or `InvalidArgument` for `max-keys`
 */
export async function listAccessPoints({ request, bucket, emulator }: OperationCall): Promise<OssResponse> {
  if (bucket !== '') await requireBucket(emulator.store, bucket);
  return xmlResponse('ListAccessPointsResult', [
    ['IsTruncated', false],
    ['AccountId', emulator.account.id],
    ['MaxKeys', readMaxKeys(request.parameters)],
    ['AccessPoints', []],
  ]);
}
