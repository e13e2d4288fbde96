import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { freeMemory } from '../blocks/block.ts';
import type { Md5Reply, Md5Task } from './md5-blocks.ts';

export interface Md5Listener {
  replied(reply: Md5Reply): void;
  failed(error: Error): void;
}

/** A thread that computes MD5, started with the first large upload and kept. It holds the process only while it has work. */
export class Md5Thread {
  static #running: Md5Thread | undefined;

  readonly #worker: Worker;
  readonly #listeners = new Map<number, Md5Listener>();
  #nextStream = 1;

  static get(): Md5Thread {
    Md5Thread.#running ??= new Md5Thread();
    return Md5Thread.#running;
  }

  private constructor() {
    // The script is TypeScript where this file is, and JavaScript where it has been built.
    const script = new URL(`./md5-blocks${extname(import.meta.filename)}`, import.meta.url);
    this.#worker = new Worker(script, { execArgv: [], name: 'md5' });
    this.#worker.on('message', (reply: Md5Reply) => this.#pass(reply));
    this.#worker.once('error', (error) => this.#fail(error));
    this.#worker.once('exit', () => this.#fail(new Md5ThreadError('the thread that computes MD5 has ended')));
  }

  /** @returns the number of a new stream */
  open(listener: Md5Listener): number {
    const stream = this.#nextStream;
    this.#nextStream += 1;
    this.#listeners.set(stream, listener);
    this.#worker.ref();
    return stream;
  }

  send(task: Md5Task): void {
    this.#worker.postMessage(task, task.kind === 'block' ? [task.memory] : []);
  }

  close(stream: number): void {
    this.#listeners.delete(stream);
    if (this.#listeners.size === 0) this.#worker.unref();
  }

  #pass(reply: Md5Reply): void {
    const listener = this.#listeners.get(reply.stream);
    if (listener !== undefined) listener.replied(reply);
    else freeMemory(reply.memory);
  }

  /** The next upload starts another thread. */
  #fail(error: Error): void {
    if (Md5Thread.#running === this) Md5Thread.#running = undefined;
    for (const listener of this.#listeners.values()) listener.failed(error);
    this.#listeners.clear();
  }
}

class Md5ThreadError extends Error {
  override readonly name = 'Md5ThreadError';
}
