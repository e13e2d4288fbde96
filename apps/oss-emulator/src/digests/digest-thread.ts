import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DigestReply, DigestTask } from './digest-blocks.ts';

export interface DigestListener {
  replied(reply: DigestReply): void;
  failed(error: Error): void;
}

/** A thread that digests, started with the first large upload and kept. It holds the process only while it has work. */
export class DigestThread {
  static #running: DigestThread | undefined;

  readonly #worker: Worker;
  readonly #listeners = new Map<number, DigestListener>();
  #nextStream = 1;

  static get(): DigestThread {
    DigestThread.#running ??= new DigestThread();
    return DigestThread.#running;
  }

  private constructor() {
    // The script is TypeScript where this file is, and JavaScript where it has been built.
    const script = new URL(`./digest-blocks${extname(import.meta.filename)}`, import.meta.url);
    this.#worker = new Worker(script, { execArgv: [], name: 'digests' });
    this.#worker.on('message', (reply: DigestReply) => this.#listeners.get(reply.stream)?.replied(reply));
    this.#worker.once('error', (error) => this.#fail(error));
    this.#worker.once('exit', () => this.#fail(new DigestThreadError('the thread that digests has ended')));
  }

  /** @returns the number of a new stream */
  open(listener: DigestListener): number {
    const stream = this.#nextStream;
    this.#nextStream += 1;
    this.#listeners.set(stream, listener);
    this.#worker.ref();
    return stream;
  }

  send(task: DigestTask): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#worker.postMessage(task);
  }

  close(stream: number): void {
    this.#listeners.delete(stream);
    if (this.#listeners.size === 0) this.#worker.unref();
  }

  /** The next upload starts another thread. */
  #fail(error: Error): void {
    if (DigestThread.#running === this) DigestThread.#running = undefined;
    for (const listener of this.#listeners.values()) listener.failed(error);
    this.#listeners.clear();
  }
}

class DigestThreadError extends Error {
  override readonly name = 'DigestThreadError';
}
