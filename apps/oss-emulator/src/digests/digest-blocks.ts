/** What the thread of digest-thread.ts runs: it digests blocks of memory that both threads see, of many streams in turn. */
import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { Crc64 } from '../crc64.ts';

export type DigestTask =
  | { readonly kind: 'block'; readonly stream: number; readonly block: SharedArrayBuffer; readonly sizeBytes: number }
  | { readonly kind: 'end' | 'abandon'; readonly stream: number };

/** Without digests: the oldest block has been read and may be filled again. */
export interface DigestReply {
  readonly stream: number;
  readonly digests?: { readonly md5: Uint8Array; readonly crc64: bigint };
}

const streams = new Map<number, { readonly md5: Hash; readonly crc64: Crc64 }>();

parentPort?.on('message', (task: DigestTask) => {
  const { stream } = task;
  const digests = streams.get(stream) ?? { md5: createHash('md5'), crc64: new Crc64() };
  if (task.kind === 'block') {
    streams.set(stream, digests);
    const bytes = new Uint8Array(task.block, 0, task.sizeBytes);
    digests.md5.update(bytes);
    digests.crc64.update(bytes);
    reply({ stream });
  } else {
    streams.delete(stream);
    if (task.kind === 'abandon') return;
    reply({ stream, digests: { md5: digests.md5.digest(), crc64: digests.crc64.digest() } });
  }
});

function reply(message: DigestReply): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(message);
}
