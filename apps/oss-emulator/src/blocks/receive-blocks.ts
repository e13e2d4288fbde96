import type { IncomingMessage } from 'node:http';
import { freeMemory } from './block.ts';
import type { Block } from './block.ts';
import { BlockFiller } from './block-filler.ts';

/** Full ones that nobody has asked for: the sender waits then. */
const MAX_WAITING_BLOCKS = 2;

/**
 * The body of a request in blocks. By events, for an iterator of the stream lets it start and stop for every piece; and
 * each piece is freed as soon as it is copied, so that node:http finds the same memory again, still in the cache.
 *
 * @param sizeBytes of the whole body, where it is known
 * @throws what node:http says when the client goes away
 */
export async function* receiveBlocks(
  incoming: IncomingMessage,
  sizeBytes: number | undefined,
): AsyncGenerator<Block, void, undefined> {
  const filler = new BlockFiller(sizeBytes);
  const full: Block[] = [];
  let ending: { readonly error?: Error } | undefined;
  let proceed: () => void = () => undefined;
  const onData = (chunk: Buffer<ArrayBuffer>): void => {
    full.push(...filler.add(chunk));
    // node:http gives every piece memory of its own; a slice of some other would be left alone.
    if (chunk.length === chunk.buffer.byteLength) freeMemory(chunk.buffer);
    if (full.length >= MAX_WAITING_BLOCKS) incoming.pause();
    if (full.length > 0) proceed();
  };
  const onEnd = (): void => {
    ending = {};
    proceed();
  };
  const onError = (error: Error): void => {
    ending = { error };
    proceed();
  };
  incoming.on('data', onData).once('end', onEnd).once('error', onError);
  try {
    for (;;) {
      if (ending?.error !== undefined) throw ending.error;
      const block = full.shift();
      if (block !== undefined) {
        if (full.length === 0) incoming.resume();
        yield block;
      } else if (ending !== undefined) {
        yield* filler.rest();
        return;
      } else {
        // oxlint-disable-next-line no-await-in-loop -- one event after the other
        await new Promise<void>((resolve) => {
          proceed = resolve;
        });
      }
    }
  } finally {
    if (ending === undefined) incoming.pause();
    incoming.off('data', onData).off('end', onEnd).off('error', onError);
  }
}
