import { settingText } from '../bucket-configuration/plain-configurations.ts';
import type { OperationCall } from '../operation.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { neverRead } from './head-object.ts';
import { digestHeaders } from './object-head.ts';
import { requireNamedObject } from './require-object.ts';

/**
 * HEAD with `?objectMeta`: ETag, size and times only. The time of the last access is there while the bucket tracks it (page
 * of GetObjectMeta). OSS has a day to notice an access; the emulator notices none, and the time stays that of the upload.
 */
export async function getObjectMeta(call: OperationCall): Promise<OssResponse> {
  const object = await requireNamedObject(call);
  const { ETag, 'x-oss-hash-crc64ecma': crc64 } = digestHeaders(object);
  const bucket = await call.emulator.store.getBucket(call.bucket);
  const isTracked = bucket !== undefined && settingText(bucket, 'accessmonitor', 'Status', 'Disabled') === 'Enabled';
  const lastModified = object.lastModified.toUTCString();
  return {
    status: 200,
    headers: {
      ETag,
      'x-oss-hash-crc64ecma': crc64,
      'Last-Modified': lastModified,
      'x-oss-last-access-time': isTracked ? lastModified : undefined,
      'x-oss-version-id': object.versionId,
    },
    body: { sizeBytes: object.sizeBytes, bytes: neverRead() },
  };
}
