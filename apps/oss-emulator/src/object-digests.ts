import { BodyDigests } from './digests/body-digests.ts';

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

/** Counts and digests bytes on their way to the store, so that they are read once. */
export function meterDigests(bytes: AsyncIterable<Uint8Array>): MeteredBytes {
  let result: ObjectDigests | undefined;

  async function* metered(): AsyncGenerator<Uint8Array, void, undefined> {
    const body = new BodyDigests();
    try {
      for await (const chunk of bytes) {
        await body.update(chunk);
        yield chunk;
      }
      const { md5, crc64 } = await body.digest();
      const etag = md5.toString('hex').toUpperCase();
      result = { sizeBytes: body.sizeBytes, md5, etag, contentMd5: md5.toString('base64'), crc64 };
    } finally {
      body.close();
    }
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
