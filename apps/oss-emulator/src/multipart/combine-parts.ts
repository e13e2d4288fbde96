import { createHash } from 'node:crypto';
import { combineCrc64 } from '../digests/crc64.ts';
import type { NewObject } from '../store/object-store.ts';
import type { UploadedPart } from './multipart-upload.ts';

/**
 * ETag and CRC-64 of the object that the parts make, without looking at its bytes. The ETag is the MD5 of the parts' ETags
 * as text, one behind the other, and the number of parts: `2351E662233817A7AE974D8C5B0876DD-5`. Not documented; three
 * independent data sets agree (documentation's example, tests of the Python and Go SDKs). S3 digests the bytes instead.
 */
export function combineParts(parts: readonly UploadedPart[]): Pick<NewObject, 'etag'> & { readonly crc64: bigint } {
  const md5 = createHash('md5');
  let crc64 = 0n;
  for (const part of parts) {
    md5.update(part.etag);
    crc64 = combineCrc64(crc64, part.crc64, part.sizeBytes);
  }
  return { etag: `${md5.digest('hex').toUpperCase()}-${parts.length}`, crc64 };
}
