import { blockOf } from '../blocks/block.ts';
import type { Block } from '../blocks/block.ts';
import type { Md5Task } from './md5-blocks.ts';
import { Md5Thread } from './md5-thread.ts';

/** MD5 of bytes that come in blocks, computed by another thread: it gets the blocks and gives them back, in order. */
export class ThreadedMd5 {
  readonly #thread = Md5Thread.get();
  readonly #stream: number;
  /** Who waits for a reply of the thread, in the order in which it replies. */
  readonly #waiting: PromiseWithResolvers<ArrayBuffer>[] = [];
  #error: Error | undefined;
  #hasEnded = false;

  constructor() {
    this.#stream = this.#thread.open({
      replied: ({ memory }) => this.#waiting.shift()?.resolve(memory),
      failed: (error) => {
        this.#error = error;
        for (const { reject } of this.#waiting.splice(0)) reject(error);
      },
    });
  }

  /** Takes the block. @returns the same bytes, once the thread has read them */
  async update({ buffer: memory }: Block): Promise<Block> {
    return blockOf(await this.#ask({ kind: 'block', stream: this.#stream, memory }));
  }

  /** No bytes may follow. */
  async digest(): Promise<Buffer> {
    this.#hasEnded = true;
    return Buffer.from(await this.#ask({ kind: 'end', stream: this.#stream }));
  }

  /** Whether or not the bytes came to their end. What the thread still has of them is freed when it comes back. */
  close(): void {
    if (!this.#hasEnded) this.#thread.send({ kind: 'abandon', stream: this.#stream });
    this.#thread.close(this.#stream);
  }

  #ask(task: Md5Task): Promise<ArrayBuffer> {
    if (this.#error !== undefined) return Promise.reject(this.#error);
    const reply = Promise.withResolvers<ArrayBuffer>();
    this.#waiting.push(reply);
    this.#thread.send(task);
    return reply.promise;
  }
}
