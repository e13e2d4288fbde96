import type { Readable } from 'node:stream';

/** Keeps the last lines of a log, for the one time that they are wanted. */
export class RecentLines {
  readonly #maxLines: number;
  #lines: string[] = [];

  constructor(maxLines: number) {
    this.#maxLines = maxLines;
  }

  /** A log consumer in the sense of testcontainers; one for several containers mixes their lines. */
  readonly consume = (log: Readable): void => {
    log.on('data', (chunk: Buffer | string) => {
      this.#lines.push(...chunk.toString().split(/\r?\n/).filter(Boolean));
      this.#lines = this.#lines.slice(-this.#maxLines);
    });
  };

  toString(): string {
    return this.#lines.join('\n');
  }
}
