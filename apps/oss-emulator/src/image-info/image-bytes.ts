/** How much of an object is looked at, at most: headers of real images lie far within, hostile ones cost no more. */
const MAX_READS = 256;
const FIRST_READ_BYTES = 16 * 1024;
/** Metadata before the size (camera data, colour profiles) is stepped over by reads of this size. */
const NEXT_READ_BYTES = 1024;

/** Gives the bytes from `start` to `end`, both included, as `ByteRange` counts them. */
export type ReadRange = (start: number, end: number) => Promise<Uint8Array>;

/** The bytes are no image after all: cut off, contradicting themselves, or too far apart. */
export class UnreadableImageError extends Error {
  override readonly name = 'UnreadableImageError';
}

/** An object's bytes, read a piece at a time where a parser looks, within a fixed budget. */
export class ImageBytes {
  readonly sizeBytes: number;
  readonly #readRange: ReadRange;
  #readsLeft = MAX_READS;
  #window = Buffer.alloc(0);
  #windowStart = 0;

  constructor(readRange: ReadRange, sizeBytes: number) {
    this.#readRange = readRange;
    this.sizeBytes = sizeBytes;
  }

  /**
   * @param lengthBytes at most 1024
   * @returns exactly that many bytes, starting at `offset`
   * @throws {UnreadableImageError} when the object or the budget ends before
   */
  async at(offset: number, lengthBytes: number): Promise<Buffer> {
    if (offset < 0 || offset + lengthBytes > this.sizeBytes) {
      throw new UnreadableImageError('the image ends too early');
    }
    if (!this.#hasInWindow(offset, lengthBytes)) {
      await this.#moveWindow(offset);
    }
    if (!this.#hasInWindow(offset, lengthBytes)) {
      throw new UnreadableImageError('the object has changed, or too much is asked for at once');
    }
    const start = offset - this.#windowStart;
    return this.#window.subarray(start, start + lengthBytes);
  }

  #hasInWindow(offset: number, lengthBytes: number): boolean {
    return offset >= this.#windowStart && offset + lengthBytes <= this.#windowStart + this.#window.length;
  }

  async #moveWindow(offset: number): Promise<void> {
    if (this.#readsLeft === 0) {
      throw new UnreadableImageError('the size of the image is too far from its beginning');
    }
    const windowBytes = this.#readsLeft === MAX_READS ? FIRST_READ_BYTES : NEXT_READ_BYTES;
    this.#readsLeft -= 1;
    this.#windowStart = offset;
    const end = Math.min(offset + windowBytes, this.sizeBytes) - 1;
    this.#window = Buffer.from(await this.#readRange(offset, end));
  }
}
