import { createHash } from 'node:crypto';
import { OssError } from '../oss-error.ts';
import type { RequestHeaders } from '../http/request-headers.ts';

export interface Sha1Check {
  /** The same bytes, to be read once. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** To be asked when the bytes have been read. */
  holds(): boolean;
}

/**
 * The SHA-1 of an upload, 40 hex digits, that the mobile SDKs can send: `ObjectMetadata.setSHA1` of Android (2.6.0,
 * `SHA1Test`), `contentSHA1` of iOS. No page describes it; that it is refused as Content-MD5 is, is assumed.
 * @throws {OssError} `InvalidDigest` for what is no SHA-1
 */
export function checkSha1(headers: RequestHeaders, bytes: AsyncIterable<Uint8Array>): Sha1Check {
  const expected = headers['x-oss-hash-sha1'];
  if (expected === undefined) return { bytes, holds: () => true };
  if (!/^[0-9a-f]{40}$/i.test(expected.trim())) throw invalidSha1();
  const hash = createHash('sha1');

  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      hash.update(chunk);
      yield chunk;
    }
  }

  return { bytes: hashed(), holds: () => hash.digest('hex') === expected.trim().toLowerCase() };
}

export function invalidSha1(): OssError {
  return new OssError('InvalidDigest', {}, { message: 'The x-oss-hash-sha1 you specified was invalid.' });
}
