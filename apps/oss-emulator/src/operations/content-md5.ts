import { OssError } from '../oss-error.ts';

const MD5_BYTES = 16;
const C_SDK_BYTES = 20;

/**
 * The `Content-MD5` header: Base64 of 16 bytes. The C SDK sends 20 with the bodies that it deletes objects by, the MD5 and
 * whatever stands behind it in memory (oss_bucket.c, `oss_delete_objects`), and its tests find that OSS takes them.
 * @returns `undefined` when there is none
 * @throws {OssError} `InvalidDigest`; OSS has one EC for a malformed value and another for one that does not match
 */
export function decodeContentMd5(text: string | undefined): Buffer | undefined {
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text, 'base64');
  const isLength = bytes.length === MD5_BYTES || bytes.length === C_SDK_BYTES;
  if (isLength && bytes.toString('base64') === text.trim()) return bytes.subarray(0, MD5_BYTES);
  throw new OssError('InvalidDigest', {}, { ec: '0017-00000502' });
}
