import type { OperationCall } from '../operation.ts';
import type { OssResponse } from '../oss-response.ts';
import { neverRead } from './head-object.ts';
import { digestHeaders } from './object-head.ts';
import { requireNamedObject } from './require-object.ts';

/** HEAD with `?objectMeta`: ETag, size and time only. */
export async function getObjectMeta(call: OperationCall): Promise<OssResponse> {
  const object = await requireNamedObject(call);
  const { ETag, 'x-oss-hash-crc64ecma': crc64 } = digestHeaders(object);
  return {
    status: 200,
    headers: {
      ETag,
      'x-oss-hash-crc64ecma': crc64,
      'Last-Modified': object.lastModified.toUTCString(),
      'x-oss-version-id': object.versionId,
    },
    body: { sizeBytes: object.sizeBytes, bytes: neverRead() },
  };
}
