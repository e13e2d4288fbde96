import type { Socket } from 'node:net';

/**
 * Requests that are sent without waiting for answers are to be carried out one after the other all the same (RFC 9112,
 * section 9.3.2): node:http hands them over as soon as it has read them.
 */
export class ConnectionOrder {
  readonly #last = new WeakMap<Socket, Promise<void>>();

  /** Runs `work` when what came before it on the connection is done; not at all once the connection has been ended. */
  run(socket: Socket, work: () => Promise<void>): Promise<void> {
    const before = this.#last.get(socket);
    const runHeard = async (): Promise<void> => {
      // By either side: nobody hears of what else was sent on it.
      if (socket.writable) await work();
    };
    const own = (before === undefined ? runHeard() : before.then(runHeard)).finally(() => {
      if (this.#last.get(socket) === own) this.#last.delete(socket);
    });
    this.#last.set(socket, own);
    return own;
  }
}
