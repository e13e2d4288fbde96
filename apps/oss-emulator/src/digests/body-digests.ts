import { createHash } from 'node:crypto';
import { Crc64 } from '../crc64.ts';
import { ThreadedDigests } from './threaded-digests.ts';

/** From here on another thread is worth its messages: the digests take longer than all else that is done with the bytes. */
const LARGE_BODY_BYTES = 1024 * 1024;
/** Who sends single bytes must not have them all kept as objects. */
const MAX_PIECES = 256;

/** MD5 and CRC-64 of a body that arrives in pieces: of a small one at its end, of a large one by another thread meanwhile. */
export class BodyDigests {
  readonly #pieces: Uint8Array[] = [];
  #sizeBytes = 0;
  #threaded: ThreadedDigests | undefined;

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** To be awaited before the next call. `bytes` must not change any more. */
  async update(bytes: Uint8Array): Promise<void> {
    this.#sizeBytes += bytes.length;
    this.#pieces.push(bytes);
    const isLarge = this.#sizeBytes >= LARGE_BODY_BYTES || this.#pieces.length >= MAX_PIECES;
    if (isLarge) this.#threaded ??= new ThreadedDigests();
    if (this.#threaded === undefined) return;
    for (const piece of this.#pieces.splice(0)) {
      // oxlint-disable-next-line no-await-in-loop
      await this.#threaded.update(piece);
    }
  }

  /** No bytes may follow. */
  async digest(): Promise<{ readonly md5: Buffer; readonly crc64: bigint }> {
    if (this.#threaded !== undefined) return this.#threaded.digest();
    const md5 = createHash('md5');
    const crc64 = new Crc64();
    for (const piece of this.#pieces) {
      md5.update(piece);
      crc64.update(piece);
    }
    return { md5: md5.digest(), crc64: crc64.digest() };
  }

  /** Whether or not the bytes came to their end. */
  close(): void {
    this.#threaded?.close();
  }
}
