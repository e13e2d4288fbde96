import type { CallbackValues } from '@oss-callback/oss-callback';
import { readImageInfo } from '../image-info/image-info.ts';
import type { ImageInfo } from '../image-info/image-info.ts';
import type { OperationCall } from '../operation.ts';
import type { NewObject, ObjectStore } from '../store/object-store.ts';

export interface UploadedObject {
  readonly object: NewObject;
  readonly sizeBytes: number;
  /** The `callbackBody`: an image is only looked at when the template asks for its size or format. */
  readonly template: string;
}

/**
 * The system variables of an upload.
 * @throws what the store throws when the image cannot be read back
 */
export async function uploadCallbackValues(
  { request, operation, emulator }: OperationCall,
  { object, sizeBytes, template }: UploadedObject,
): Promise<CallbackValues> {
  const image = template.includes('${imageInfo.') ? await imageOf(emulator.store, object, sizeBytes) : undefined;
  return {
    bucket: object.bucket,
    object: object.key,
    etag: object.etag,
    size: sizeBytes,
    mimeType: object.contentType,
    'imageInfo.width': image?.width,
    'imageInfo.height': image?.height,
    'imageInfo.format': image?.format,
    crc64: object.crc64?.toString(),
    contentMd5: object.contentMd5,
    clientIp: request.clientIp,
    reqId: request.requestId,
    operation: operation.name,
  };
}

/** `undefined` for what is no image, broken images included: a captured callback for a broken JPEG went out all the same. */
async function imageOf(
  store: ObjectStore,
  { bucket, key, etag }: NewObject,
  sizeBytes: number,
): Promise<ImageInfo | undefined> {
  return readImageInfo(async (start, end) => {
    const content = await store.read(bucket, key, { start, end });
    if (content?.object.etag === etag) return Buffer.concat((await content.bytes.toArray()) as Uint8Array[]);
    // Deleted or replaced since: another object's image is none of this callback's business.
    content?.bytes.destroy();
    return Buffer.alloc(0);
  }, sizeBytes);
}
