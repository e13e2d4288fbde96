import type { Readable } from 'node:stream';

const LINES_PER_CONTAINER = 60;

/** The last lines of each container, kept for the case that a test fails. */
export class ContainerLogs {
  readonly #lines = new Map<string, string[]>();

  /** For `withLogConsumer`. */
  of(container: string): (log: Readable) => void {
    const lines: string[] = [];
    this.#lines.set(container, lines);
    return (log) => {
      log.on('data', (chunk: Buffer | string) => {
        lines.push(...chunk.toString().split(/\r?\n/).filter(Boolean));
        lines.splice(0, lines.length - LINES_PER_CONTAINER);
      });
    };
  }

  toString(): string {
    return [...this.#lines]
      .map(([container, lines]) => `--- ${container}\n${lines.length === 0 ? '(nothing)' : lines.join('\n')}`)
      .join('\n');
  }
}
