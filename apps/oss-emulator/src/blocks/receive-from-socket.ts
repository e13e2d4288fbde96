import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { BLOCK_BYTES } from './block.ts';
import type { ByteSink, ByteSource } from './receive-blocks.ts';

/**
 * A large body read from its socket straight into the memory where it shall be, past node:http, which reads 64 KiB at a time
 * and copies them to memory that is new each time: that is a third of the processor time of the whole upload.
 *
 * Node has it for clients (`onread` of `net.connect`) and, inside, for every socket, but gives a server no way to ask for it.
 * So this is built on insides of Node, by the names they have there: the members of a socket that `onread` sets, and the
 * parser of node:http, which lets go of the socket before, is told what goes past it, and takes hold of it again afterwards.
 * With another Node than the one this was tested with, or when something is not where it was, the body comes as any other.
 *
 * One rule keeps it safe: the socket writes to the memory that it was given last, until it is given another. That is
 * `socket[kBuffer]`, which keeps it alive; and no block is handed on before the socket has got the next one.
 */
const TESTED_NODE = 'v24.';

/** What a socket has as long as it has no block: of all sockets, as what is in it is copied at once. */
const SPARE = Buffer.allocUnsafeSlow(64 * 1024);

/** The first read may fill whatever the socket was given last, and must not go beyond the body. */
const MIN_REST_BYTES = Math.max(BLOCK_BYTES, SPARE.length);

/**
 * @param sizeBytes of the whole body
 * @returns `undefined` when it cannot be done, or not any more
 */
export async function receiveFromSocket(
  incoming: IncomingMessage,
  sizeBytes: number | undefined,
  sink: ByteSink,
): Promise<ByteSource | undefined> {
  const inside = insideOf(incoming.socket);
  if (inside === undefined || sizeBytes === undefined || sizeBytes < MIN_REST_BYTES) return undefined;
  // Not in the middle of the parser's work, which runs what waits for its bytes.
  await setImmediate();
  const restBytes = sizeBytes - incoming.readableLength;
  if (incoming.destroyed || restBytes < MIN_REST_BYTES) return undefined;
  const read = incoming.read() as Uint8Array | null;
  if (read !== null) sink.receive(read);
  return new SocketSource(incoming, inside, restBytes, sink);
}

class SocketSource implements ByteSource {
  readonly #incoming: IncomingMessage;
  readonly #inside: Inside;
  readonly #sink: ByteSink;
  #restBytes: number;

  constructor(incoming: IncomingMessage, inside: Inside, restBytes: number, sink: ByteSink) {
    this.#incoming = incoming;
    this.#inside = inside;
    this.#restBytes = restBytes;
    this.#sink = sink;
    const { socket, handle, parser, kBuffer, kBufferCb, kBufferGen } = inside;
    parser.unconsume();
    parser._consumed = false;
    socket[kBufferCb] = (sizeBytes: number, memory: Uint8Array) => this.#receive(memory.subarray(0, sizeBytes));
    socket[kBufferGen] = () => sink.room();
    // Otherwise it still has what it was given at an earlier upload.
    if (socket[kBuffer] === null) {
      socket[kBuffer] = SPARE;
      handle.useUserBuffer(SPARE);
    }
    this.resume();
  }

  resume(): void {
    const { handle } = this.#inside;
    if (handle.reading) return;
    handle.reading = true;
    handle.readStart();
  }

  stop(): void {
    if (this.#restBytes === 0 || !isWhole(this.#inside)) return;
    this.#giveBack();
    this.resume();
  }

  /** @returns false when the socket shall not be read for now */
  #receive(bytes: Uint8Array): boolean {
    this.#restBytes -= bytes.length;
    const hasEnded = this.#restBytes === 0;
    // First, for what the parser is told below may be the end of the request.
    if (hasEnded) this.#giveBack();
    const isMoreWanted = this.#sink.receive(bytes);
    passBy(this.#inside, bytes);
    if (hasEnded) this.#incoming.resume();
    return hasEnded || isMoreWanted;
  }

  #giveBack(): void {
    const { socket, handle, parser, kBufferCb, kBufferGen } = this.#inside;
    socket[kBufferCb] = (sizeBytes: number, memory: Uint8Array) =>
      socket.push(Buffer.from(memory.subarray(0, sizeBytes)));
    socket[kBufferGen] = () => SPARE;
    parser._consumed = true;
    parser.consume(handle);
  }
}

/** Tells the parser of bytes of the body, which it only counts. */
function passBy({ parser, kOnBody }: Inside, bytes: Uint8Array): void {
  const onBody = parser[kOnBody];
  parser[kOnBody] = null;
  try {
    parser.execute(bytes);
  } finally {
    parser[kOnBody] = onBody;
  }
}

interface Inside {
  readonly socket: Socket & Record<symbol, unknown>;
  readonly handle: Handle;
  readonly parser: Parser;
  readonly kOnBody: number;
  readonly kBuffer: symbol;
  readonly kBufferCb: symbol;
  readonly kBufferGen: symbol;
}

interface Handle {
  reading: boolean;
  readStart(): void;
  useUserBuffer(memory: Uint8Array): void;
}

interface Parser {
  /** It reads the socket itself. */
  _consumed: boolean;
  consume(handle: Handle): void;
  unconsume(): void;
  execute(bytes: Uint8Array): void;
  readonly constructor: { readonly kOnBody?: number };
  [callback: number]: unknown;
}

function insideOf(socket: Socket): Inside | undefined {
  const { parser, _handle: handle } = socket as Socket & { readonly parser?: Parser; readonly _handle?: Handle };
  const kOnBody = parser?.constructor.kOnBody;
  const symbols = Object.getOwnPropertySymbols(socket);
  const [kBuffer, kBufferCb, kBufferGen] = ['kBuffer', 'kBufferCb', 'kBufferGen'].map((name) =>
    symbols.find(({ description }) => description === name),
  );
  if (!process.version.startsWith(TESTED_NODE) || parser?._consumed !== true || kOnBody === undefined) return undefined;
  if (kBuffer === undefined || kBufferCb === undefined || kBufferGen === undefined) return undefined;
  if (handle?.useUserBuffer === undefined) return undefined;
  return { socket: socket as Inside['socket'], handle, parser, kOnBody, kBuffer, kBufferCb, kBufferGen };
}

/** The connection is there, and its parser is still the one it had. */
function isWhole({ socket, parser }: Inside): boolean {
  return !socket.destroyed && (socket as { readonly parser?: unknown }).parser === parser;
}
