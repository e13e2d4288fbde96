import type { UploadTicketClaims } from './upload-ticket-claims.ts';

/** What a callback reported about the stored object; the names are those of OSS's variables. */
export interface ReportedObject {
  readonly bucket: string;
  readonly object: string;
  /** Bytes. */
  readonly size: number;
  readonly mimeType?: string | undefined;
}

/** Which claim the reported object breaks. */
export type TicketBindingRefusal =
  | 'bucket-mismatch'
  | 'object-mismatch'
  | 'size-invalid'
  | 'size-too-small'
  | 'size-too-large'
  | 'mime-type-mismatch';

/** What `checkTicketBinding` answers; `field` is the name of the variable at fault. */
export type TicketBinding =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: TicketBindingRefusal; readonly field: keyof ReportedObject };

/**
 * Checks that a callback is about the object its ticket was issued for: same bucket and key, size in range, and the
 * Content-Type if the ticket names one. A ticket that is not bound this way is a bearer token anybody may copy.
 *
 * @param reported `size` in bytes; every text exactly as OSS reported it, after decoding
 */
export function checkTicketBinding(claims: UploadTicketClaims, reported: ReportedObject): TicketBinding {
  if (reported.bucket !== claims.bucket) {
    return { ok: false, reason: 'bucket-mismatch', field: 'bucket' };
  }
  if (reported.object !== claims.objectKey) {
    return { ok: false, reason: 'object-mismatch', field: 'object' };
  }
  if (!Number.isSafeInteger(reported.size)) {
    return { ok: false, reason: 'size-invalid', field: 'size' };
  }
  if (reported.size < claims.minSizeBytes) {
    return { ok: false, reason: 'size-too-small', field: 'size' };
  }
  if (reported.size > claims.maxSizeBytes) {
    return { ok: false, reason: 'size-too-large', field: 'size' };
  }
  if (claims.contentType !== undefined && reported.mimeType !== claims.contentType) {
    return { ok: false, reason: 'mime-type-mismatch', field: 'mimeType' };
  }
  return { ok: true };
}
