import { OssError } from '../oss-error.ts';

/**
 * The `Content-MD5` header: Base64 of 16 bytes.
 * @returns `undefined` when there is none
 * @throws {OssError} `InvalidDigest`; OSS has one EC for a malformed value and another for one that does not match
 */
export function decodeContentMd5(text: string | undefined): Buffer | undefined {
  if (text === undefined) return undefined;
  const md5 = Buffer.from(text, 'base64');
  if (md5.length === 16 && md5.toString('base64') === text.trim()) return md5;
  throw new OssError('InvalidDigest', {}, { ec: '0017-00000502' });
}
