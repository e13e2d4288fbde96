import type { IncomingMessage } from 'node:http';
import { freeMemory } from './block.ts';
import type { Block } from './block.ts';
import { BlockFiller } from './block-filler.ts';
import { receiveFromSocket } from './receive-from-socket.ts';

/** Full ones that nobody has asked for: the sender waits then. */
const MAX_WAITING_BLOCKS = 2;

/** Where the bytes of a body go. */
export interface ByteSink {
  /** Memory for the next bytes; they may come elsewhere all the same. */
  room(): Uint8Array;
  /** @returns whether there may be more for now */
  receive(bytes: Uint8Array): boolean;
}

/** Where they come from. */
export interface ByteSource {
  /** There may be more again. */
  resume(): void;
  /** Whether or not the body has ended. */
  stop(): void;
}

/**
 * The body of a request in blocks.
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
  const end = (error?: Error): void => {
    ending = error === undefined ? {} : { error };
    proceed();
  };
  const sink: ByteSink = {
    room: () => filler.room(),
    receive(bytes) {
      full.push(...filler.add(bytes));
      if (full.length > 0) proceed();
      return full.length < MAX_WAITING_BLOCKS;
    },
  };
  const onEnd = (): void => end();
  incoming.once('end', onEnd).once('error', end);
  const source = (await receiveFromSocket(incoming, sizeBytes, sink)) ?? receiveByEvents(incoming, sink);
  try {
    for (;;) {
      if (ending?.error !== undefined) throw ending.error;
      const block = full.shift();
      if (block !== undefined) {
        if (full.length === 0 && ending === undefined) source.resume();
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
    source.stop();
    incoming.off('end', onEnd).off('error', end);
  }
}

/**
 * By events, for an iterator of the stream lets it start and stop for every piece; and each piece is freed as soon as it is
 * copied, so that node:http finds the same memory again, still in the cache.
 */
function receiveByEvents(incoming: IncomingMessage, sink: ByteSink): ByteSource {
  const onData = (chunk: Buffer<ArrayBuffer>): void => {
    const isMoreWanted = sink.receive(chunk);
    // node:http gives every piece memory of its own; a slice of some other would be left alone.
    if (chunk.length === chunk.buffer.byteLength) freeMemory(chunk.buffer);
    if (!isMoreWanted) incoming.pause();
  };
  incoming.on('data', onData);
  return {
    resume: () => incoming.resume(),
    stop() {
      incoming.off('data', onData);
      if (!incoming.readableEnded) incoming.pause();
    },
  };
}
