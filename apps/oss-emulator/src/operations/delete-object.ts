import { requireBucket } from '../authorize.ts';
import type { OperationCall } from '../operation.ts';
import type { OssResponse } from '../oss-response.ts';
import { wholeSeconds } from './object-head.ts';
import { readVersionId } from './version-id-parameter.ts';

/** 204 whether or not there was such an object, or such a version. */
export async function deleteObject({ request, bucket, key, emulator }: OperationCall): Promise<OssResponse> {
  const versionId = readVersionId(request.parameters);
  await requireBucket(emulator.store, bucket);
  const outcome = await emulator.store.delete(bucket, key, { versionId, deletedAt: wholeSeconds(emulator.now()) });
  if (outcome.outcome === 'missing') return { status: 204, headers: { 'x-oss-version-id': versionId } };
  return {
    status: 204,
    headers: {
      'x-oss-delete-marker': outcome.isDeleteMarker === true ? 'true' : undefined,
      'x-oss-version-id': outcome.versionId,
    },
  };
}
