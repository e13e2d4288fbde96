import type { CallbackValues } from '@oss-callback/oss-callback';
import type { OperationCall } from '../operation.ts';
import type { NewObject } from '../store/object-store.ts';

/** The system variables of an upload. */
export async function uploadCallbackValues(
  { request, operation }: OperationCall,
  object: NewObject,
  sizeBytes: number,
): Promise<CallbackValues> {
  return {
    bucket: object.bucket,
    object: object.key,
    etag: object.etag,
    size: sizeBytes,
    mimeType: object.contentType,
    crc64: object.crc64?.toString(),
    contentMd5: object.contentMd5,
    clientIp: request.clientIp,
    reqId: request.requestId,
    operation: operation.name,
  };
}
