import { requireBucket } from '../require-bucket.ts';
import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';

/** Without a status when versioning was never enabled. */
export async function getBucketVersioning({ bucket, emulator }: OperationCall): Promise<OssResponse> {
  const { versioning } = await requireBucket(emulator.store, bucket);
  return xmlResponse('VersioningConfiguration', [['Status', versioning]]);
}
