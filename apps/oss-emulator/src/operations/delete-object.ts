import { requireBucket } from '../require-bucket.ts';
import type { OperationCall } from '../operation.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { wholeSeconds } from './object-head.ts';
import { requireDeletable } from './object-worm.ts';
import { readVersionId } from './version-id-parameter.ts';

/**
 * 204 whether or not there was such an object, or such a version. A bucket that never had versions answers none, whatever was
 * asked for (Go SDK v2, TestDeleteObject).
 */
export async function deleteObject(call: OperationCall): Promise<OssResponse> {
  const { request, bucket, key, emulator } = call;
  const versionId = readVersionId(request.parameters);
  const record = await requireBucket(emulator.store, bucket);
  const { versioning } = record;
  await requireDeletable(call, record, { key, versionId });
  const outcome = await emulator.store.delete(bucket, key, { versionId, deletedAt: wholeSeconds(emulator.now()) });
  if (versioning === undefined) return { status: 204 };
  if (outcome.outcome === 'missing') return { status: 204, headers: { 'x-oss-version-id': versionId } };
  return {
    status: 204,
    headers: {
      'x-oss-delete-marker': outcome.isDeleteMarker === true ? 'true' : undefined,
      'x-oss-version-id': outcome.versionId,
    },
  };
}
