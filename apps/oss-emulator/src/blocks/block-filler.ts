import { BLOCK_BYTES, blockOf, createBlock, isBlock } from './block.ts';
import type { Block } from './block.ts';

/** As long as nobody knows how many bytes will come. */
const FIRST_BLOCK_BYTES = 64 * 1024;

/** Puts bytes that come in pieces together to blocks. */
export class BlockFiller {
  readonly #expectedBytes: number | undefined;
  #givenBytes = 0;
  #block: Block | undefined;
  #filledBytes = 0;

  /** @param expectedBytes exactly as many will come; the last block, too, has the size it needs then */
  constructor(expectedBytes?: number) {
    this.#expectedBytes = expectedBytes;
  }

  /** Copies `bytes`. @returns the blocks that are full now */
  add(bytes: Uint8Array): Block[] {
    const full: Block[] = [];
    for (let offset = 0; offset < bytes.length;) {
      this.#block ??= createBlock(this.#nextBlockBytes());
      const piece = bytes.subarray(offset, offset + this.#block.length - this.#filledBytes);
      this.#block.set(piece, this.#filledBytes);
      this.#filledBytes += piece.length;
      offset += piece.length;
      if (this.#filledBytes === this.#block.length) full.push(this.#give(this.#block));
    }
    return full;
  }

  /** Those that do not fill a block: all at the end, or those so far. */
  rest(): Block[] {
    if (this.#block === undefined) return [];
    return [this.#give(blockOf(this.#block.buffer.transfer(this.#filledBytes)))];
  }

  #nextBlockBytes(): number {
    if (this.#expectedBytes !== undefined) return Math.min(BLOCK_BYTES, this.#expectedBytes - this.#givenBytes);
    return Math.min(BLOCK_BYTES, Math.max(FIRST_BLOCK_BYTES, this.#givenBytes));
  }

  #give(block: Block): Block {
    this.#givenBytes += block.length;
    this.#block = undefined;
    this.#filledBytes = 0;
    return block;
  }
}

/** The same bytes; what is a block already is not copied. */
export async function* inBlocks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Block, void, undefined> {
  const filler = new BlockFiller();
  for await (const chunk of bytes) {
    if (isBlock(chunk)) {
      yield* filler.rest();
      yield chunk;
    } else {
      yield* filler.add(chunk);
    }
  }
  yield* filler.rest();
}
