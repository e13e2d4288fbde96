import { requireBucket } from '../require-bucket.ts';
import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';

/** Always empty: RTMP is out of scope, but oss2 and the Go SDK list live channels before they delete a bucket. */
export async function listLiveChannel({ request, bucket, emulator }: OperationCall): Promise<OssResponse> {
  const { parameters } = request;
  await requireBucket(emulator.store, bucket);
  return xmlResponse('ListLiveChannelResult', [
    ['Prefix', parameters.get('prefix') ?? ''],
    ['Marker', parameters.get('marker') ?? ''],
    ['MaxKeys', parameters.get('max-keys') ?? 100],
    ['IsTruncated', false],
    ['NextMarker', ''],
  ]);
}
