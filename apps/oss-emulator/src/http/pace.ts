import { setTimeout } from 'node:timers/promises';

const PIECES_PER_SECOND = 20;

/**
 * Lets bytes through no faster than so many a second, in pieces that are small enough to look steady.
 * @returns for `pipeline`, or to be called with the bytes
 */
export function pace(bytesPerSecond: number) {
  const pieceBytes = Math.ceil(bytesPerSecond / PIECES_PER_SECOND);
  return async function* paced(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    const startedAtMs = performance.now();
    let passedBytes = 0;
    for await (const chunk of source) {
      for (let offset = 0; offset < chunk.length; offset += pieceBytes) {
        const piece = chunk.subarray(offset, offset + pieceBytes);
        passedBytes += piece.length;
        const dueAtMs = startedAtMs + (passedBytes / bytesPerSecond) * 1000;
        await setTimeout(Math.max(0, dueAtMs - performance.now()));
        yield piece;
      }
    }
  };
}
