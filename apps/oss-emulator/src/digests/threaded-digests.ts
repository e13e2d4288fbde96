import { DigestThread } from './digest-thread.ts';

/** Large enough that messages cost nothing beside the work, small enough for many uploads at a time. */
const BLOCK_BYTES = 512 * 1024;
/** One is being filled while the thread reads the others; several, as on a busy machine it runs by fits and starts. */
const BLOCKS = 4;
/** Blocks are used again: until both threads collect their garbage, those of many uploads would add up. */
const MAX_SPARE_BLOCKS = 16;
const spareBlocks: Uint8Array<SharedArrayBuffer>[] = [];

/** MD5 and CRC-64 of bytes that arrive in pieces, computed by another thread: they are copied to where both see them. */
export class ThreadedDigests {
  readonly #thread = DigestThread.get();
  readonly #stream: number;
  readonly #blocks = Array.from({ length: BLOCKS }, takeBlock);
  #sentBlocks = 0;
  #readBlocks = 0;
  #filledBytes = 0;
  #result: { readonly md5: Buffer; readonly crc64: bigint } | undefined;
  #error: Error | undefined;
  #proceed: () => void = () => undefined;

  constructor() {
    this.#stream = this.#thread.open({
      replied: ({ digests }) => {
        if (digests === undefined) this.#readBlocks += 1;
        else this.#result = { md5: Buffer.from(digests.md5), crc64: digests.crc64 };
        this.#proceed();
      },
      failed: (error) => {
        this.#error = error;
        this.#proceed();
      },
    });
  }

  /** To be awaited before the next call: it waits while the thread is behind. */
  async update(bytes: Uint8Array): Promise<void> {
    for (let offset = 0; offset < bytes.length;) {
      const block = this.#blocks[this.#sentBlocks % BLOCKS] as Uint8Array<SharedArrayBuffer>;
      const piece = bytes.subarray(offset, offset + BLOCK_BYTES - this.#filledBytes);
      block.set(piece, this.#filledBytes);
      this.#filledBytes += piece.length;
      offset += piece.length;
      if (this.#filledBytes === BLOCK_BYTES) {
        this.#send(block);
        // oxlint-disable-next-line no-await-in-loop
        await this.#until(() => this.#sentBlocks - this.#readBlocks < BLOCKS);
      }
    }
  }

  /** No bytes may follow. */
  async digest(): Promise<{ readonly md5: Buffer; readonly crc64: bigint }> {
    this.#send(this.#blocks[this.#sentBlocks % BLOCKS] as Uint8Array<SharedArrayBuffer>);
    this.#thread.send({ kind: 'end', stream: this.#stream });
    await this.#until(() => this.#result !== undefined);
    return this.#result as { readonly md5: Buffer; readonly crc64: bigint };
  }

  /** Whether or not the bytes came to their end. */
  close(): void {
    if (this.#result === undefined) this.#thread.send({ kind: 'abandon', stream: this.#stream });
    this.#thread.close(this.#stream);
    // The thread may still read those of an abandoned stream, whose digests nobody wants.
    spareBlocks.push(...this.#blocks.splice(0, MAX_SPARE_BLOCKS - spareBlocks.length));
  }

  #send({ buffer }: Uint8Array<SharedArrayBuffer>): void {
    this.#thread.send({ kind: 'block', stream: this.#stream, block: buffer, sizeBytes: this.#filledBytes });
    this.#sentBlocks += 1;
    this.#filledBytes = 0;
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.#error !== undefined) throw this.#error;
      // oxlint-disable-next-line no-await-in-loop -- one message after the other
      await new Promise<void>((resolve) => {
        this.#proceed = resolve;
      });
    }
  }
}

function takeBlock(): Uint8Array<SharedArrayBuffer> {
  return spareBlocks.pop() ?? new Uint8Array(new SharedArrayBuffer(BLOCK_BYTES));
}
