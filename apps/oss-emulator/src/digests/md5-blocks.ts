/** What the thread of md5-thread.ts runs: MD5 of blocks that it is given and gives back, of many streams in turn. */
import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

export type Md5Task =
  | { readonly kind: 'block'; readonly stream: number; readonly memory: ArrayBuffer }
  | { readonly kind: 'end' | 'abandon'; readonly stream: number };

/** To a block and to the end of a stream, in the order in which they were sent. */
export interface Md5Reply {
  readonly stream: number;
  /** The block; at the end the MD5. */
  readonly memory: ArrayBuffer;
}

const streams = new Map<number, Hash>();

parentPort?.on('message', (task: Md5Task) => {
  const { stream } = task;
  const md5 = streams.get(stream) ?? createHash('md5');
  if (task.kind === 'block') {
    streams.set(stream, md5);
    md5.update(new Uint8Array(task.memory));
    reply({ stream, memory: task.memory });
  } else {
    streams.delete(stream);
    if (task.kind === 'end') reply({ stream, memory: new Uint8Array(md5.digest()).buffer });
  }
});

function reply(message: Md5Reply): void {
  parentPort?.postMessage(message, [message.memory]);
}
