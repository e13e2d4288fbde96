import { connect } from 'node:net';
import type { Socket } from 'node:net';

const END_OF_HEAD = '\r\n\r\n';

/**
 * A client that costs next to nothing: it writes requests that were put together and signed before, each on a connection
 * that stays open, and reads no more of an answer than its status and length. A real SDK would be the bottleneck.
 */
export class PutClient implements Disposable {
  readonly #connections: Connection[] = [];

  static async open(url: string, connectionCount: number): Promise<PutClient> {
    const { hostname, port } = new URL(url);
    const client = new PutClient();
    for (let index = 0; index < connectionCount; index += 1) {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      client.#connections.push(new Connection(socket));
    }
    await Promise.all(client.#connections.map((connection) => connection.connected));
    return client;
  }

  /**
   * Every connection sends one request after the other until the time is over, one at the least.
   * @param next gives the request to send
   * @returns requests per second
   */
  async run(next: () => PreparedRequest, durationMs = 0): Promise<number> {
    const startedAt = performance.now();
    let count = 0;
    const work = async (connection: Connection): Promise<void> => {
      do {
        // One request at a time on each connection.
        // oxlint-disable-next-line no-await-in-loop
        await connection.exchange(next());
        count += 1;
      } while (performance.now() - startedAt < durationMs);
    };
    await Promise.all(this.#connections.map(work));
    return (count * 1000) / (performance.now() - startedAt);
  }

  [Symbol.dispose](): void {
    for (const connection of this.#connections) connection.close();
  }
}

export interface PreparedRequest {
  readonly bytes: readonly Uint8Array[];
  /** What the body of the answer has to be, so that nothing but the real work is measured. */
  readonly expectedBody: string;
}

class Connection {
  readonly connected: Promise<void>;
  readonly #socket: Socket;
  #received = '';
  #pending: { readonly resolve: (answer: string) => void; readonly reject: (error: Error) => void } | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.connected = new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    socket.on('data', (chunk: Buffer) => this.#receive(chunk.toString('latin1')));
    socket.on('close', () => this.#pending?.reject(new BenchError('the server closed the connection')));
  }

  async exchange({ bytes, expectedBody }: PreparedRequest): Promise<void> {
    const answered = new Promise<string>((resolve, reject) => {
      this.#pending = { resolve, reject };
    });
    this.#socket.cork();
    for (const piece of bytes) this.#socket.write(piece);
    this.#socket.uncork();
    const answer = await answered;
    const body = answer.slice(answer.indexOf(END_OF_HEAD) + END_OF_HEAD.length);
    if (!answer.startsWith('HTTP/1.1 200 ') || body !== expectedBody)
      throw new BenchError(`unexpected answer: ${answer}`);
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(text: string): void {
    this.#received += text;
    const headEnd = this.#received.indexOf(END_OF_HEAD);
    if (headEnd < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)\r\n/i.exec(this.#received)?.[1]);
    if (this.#received.length < headEnd + END_OF_HEAD.length + length) return;
    const answer = this.#received;
    this.#received = '';
    this.#pending?.resolve(answer);
    this.#pending = undefined;
  }
}

class BenchError extends Error {
  override readonly name = 'BenchError';
}
