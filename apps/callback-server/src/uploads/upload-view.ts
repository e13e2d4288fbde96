import type { UploadRow } from './uploads.schema.ts';

/** An upload as the API shows it to its owner. Facts about the object are `null` until OSS has reported them. */
export interface UploadView {
  readonly id: string;
  readonly state: UploadRow['state'];
  readonly bucket: string;
  readonly objectKey: string;
  readonly filename: string;
  readonly contentType: string;
  readonly declaredSize: number;
  readonly issuedAt: string;
  readonly expiresAt: string;
  readonly uploadedAt: string | null;
  readonly size: number | null;
  readonly etag: string | null;
  readonly mimeType: string | null;
  readonly image: { readonly width: number; readonly height: number; readonly format: string | null } | null;
  readonly crc64: string | null;
  readonly contentMd5: string | null;
  readonly operation: string | null;
  readonly clientIp: string | null;
  readonly variables: Readonly<Record<string, string>>;
  readonly callbackRequestId: string | null;
  readonly callbackBodySha256: string | null;
}

export function viewUpload(row: UploadRow): UploadView {
  return {
    id: row.id,
    state: row.state,
    bucket: row.bucket,
    objectKey: row.objectKey,
    filename: row.filename,
    contentType: row.contentType,
    declaredSize: row.declaredSizeBytes,
    issuedAt: row.issuedAt.toISOString(),
    expiresAt: row.urlExpiresAt.toISOString(),
    uploadedAt: row.uploadedAt?.toISOString() ?? null,
    size: row.sizeBytes,
    etag: row.etag,
    mimeType: row.mimeType,
    image: viewImage(row),
    crc64: row.crc64,
    contentMd5: row.contentMd5,
    operation: row.operation,
    clientIp: row.clientIp,
    variables: row.variables ?? row.requestedVariables,
    callbackRequestId: row.callbackRequestId,
    callbackBodySha256: row.callbackBodySha256,
  };
}

type ImageFacts = Pick<UploadRow, 'imageWidth' | 'imageHeight' | 'imageFormat'>;

/** `null` when OSS did not take the object for an image. */
export function viewImage({ imageWidth, imageHeight, imageFormat }: ImageFacts): UploadView['image'] {
  return imageWidth === null || imageHeight === null
    ? null
    : { width: imageWidth, height: imageHeight, format: imageFormat };
}
