import type { UploadedHead } from '../operations/object-head.ts';
import type { StoredObject } from '../store/object-store.ts';

/** What InitiateMultipartUpload is told and CompleteMultipartUpload needs. */
export interface MultipartUpload {
  readonly bucket: string;
  readonly key: string;
  readonly uploadId: string;
  readonly initiatedAt: Date;
  /** `?sequential`: parts come in order, none twice, and the object gets a Content-MD5. */
  readonly sequential: boolean;
  /** What the object will be given beside its bytes. */
  readonly head: UploadedHead;
}

/** What a listing of uploads shows. */
export type ListedUpload = Pick<MultipartUpload, 'key' | 'uploadId' | 'initiatedAt'> & {
  readonly storageClass: string;
};

export interface UploadedPart extends Pick<StoredObject, 'etag' | 'sizeBytes' | 'contentMd5' | 'lastModified'> {
  /** 1 to 10,000. */
  readonly partNumber: number;
  readonly crc64: bigint;
}
