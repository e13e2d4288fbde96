import { inBlocks } from '../blocks/block-filler.ts';
import type { Block } from '../blocks/block.ts';
import { Crc64 } from './crc64.ts';
import { ThreadedMd5 } from './threaded-md5.ts';

/** With the thread, so that it never waits: on a busy machine it runs by fits and starts. */
const MAX_BLOCKS_AHEAD = 3;

export interface Digests {
  readonly sizeBytes: number;
  readonly md5: Buffer;
  readonly crc64: bigint;
}

/**
 * MD5 and CRC-64 of many bytes, on their way through: the one by another thread, as it takes longer than everything else that is done with the
 * bytes, the other meanwhile by this one.
 *
 * @returns the digests, after the last block
 */
export async function* digestLarge(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Block, Digests, undefined> {
  const md5 = new ThreadedMd5();
  const crc64 = new Crc64();
  let sizeBytes = 0;
  const ahead: Promise<Block>[] = [];
  try {
    for await (const block of inBlocks(bytes)) {
      sizeBytes += block.length;
      crc64.update(block);
      ahead.push(handled(md5.update(block)));
      if (ahead.length > MAX_BLOCKS_AHEAD) yield await (ahead.shift() as Promise<Block>);
    }
    const digest = handled(md5.digest());
    for (const block of ahead) yield await block;
    return { sizeBytes, md5: await digest, crc64: crc64.digest() };
  } finally {
    md5.close();
  }
}

/** It is awaited later; until then a failure would count as unhandled. */
function handled<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}
