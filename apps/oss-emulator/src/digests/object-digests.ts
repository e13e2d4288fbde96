import { createHash } from 'node:crypto';
import { Crc64 } from './crc64.ts';
import { digestLarge } from './digest-large.ts';
import type { Digests } from './digest-large.ts';
import { smallOrLarge } from '../store/small-or-large.ts';

/** What is known of an object's bytes once they have all gone by. */
export interface ObjectDigests {
  readonly sizeBytes: number;
  readonly md5: Buffer;
  /** The ETag of PutObject, bare: upper-case hex MD5 (OSS documentation, *PutObject*). */
  readonly etag: string;
  /** Base64 MD5, as in the `Content-MD5` header. */
  readonly contentMd5: string;
  /** CRC-64/XZ, as in the `x-oss-hash-crc64ecma` header. */
  readonly crc64: bigint;
}

export interface MeteredBytes {
  /** The same bytes, to be read once. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /**
   * @throws {RangeError} when `bytes` has not been read to its end: digests of a part would be taken for those of the whole
   */
  digests(): ObjectDigests;
}

/** From here on another thread is worth its messages: MD5 takes longer than all else that is done with the bytes. */
const LARGE_BODY_BYTES = 1024 * 1024;

/** Counts and digests bytes on their way to the store, so that they are read once. */
export function meterDigests(bytes: AsyncIterable<Uint8Array>): MeteredBytes {
  let result: ObjectDigests | undefined;

  async function* metered(): AsyncGenerator<Uint8Array, void, undefined> {
    const content = await smallOrLarge(bytes, LARGE_BODY_BYTES - 1);
    const { sizeBytes, md5, crc64 } =
      'small' in content ? yield* digestSmall(content.small) : yield* digestLarge(content.large);
    const etag = md5.toString('hex').toUpperCase();
    result = { sizeBytes, md5, etag, contentMd5: md5.toString('base64'), crc64 };
  }

  return {
    bytes: metered(),
    digests() {
      if (result === undefined) {
        throw new RangeError('digests: the bytes must have been read to their end before');
      }
      return result;
    },
  };
}

function* digestSmall(bytes: Buffer): Generator<Uint8Array, Digests, undefined> {
  const digests = {
    sizeBytes: bytes.length,
    md5: createHash('md5').update(bytes).digest(),
    crc64: new Crc64().update(bytes).digest(),
  };
  if (bytes.length > 0) yield bytes;
  return digests;
}
