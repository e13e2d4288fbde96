/**
 * Bytes in the pieces in which they came: to put large ones together would cost as much again as receiving them, and
 * twice their memory meanwhile.
 */
export class BytePieces {
  readonly sizeBytes: number;
  readonly #pieces: readonly Uint8Array[];

  constructor(pieces: readonly Uint8Array[]) {
    this.#pieces = pieces;
    this.sizeBytes = pieces.reduce((total, { length }) => total + length, 0);
  }

  /** @param end not included */
  *between(start = 0, end = this.sizeBytes): Generator<Uint8Array, void, undefined> {
    let offset = 0;
    for (const piece of this.#pieces) {
      const part = piece.subarray(Math.max(0, start - offset), Math.max(0, end - offset));
      if (part.length > 0) yield part;
      offset += piece.length;
      if (offset >= end) return;
    }
  }
}
