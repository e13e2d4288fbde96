import type { IncomingMessage, ServerResponse } from 'node:http';
import { receiveBlocks } from '../blocks/receive-blocks.ts';
import { OssError } from '../oss-error.ts';

/** The bytes of a request, not read before an operation wants them. */
export interface RequestBody {
  /** Of the Content-Length header; a body that is `chunked` as well has to agree with it. */
  readonly declaredSizeBytes: number | undefined;
  readonly chunked: boolean;
  /** The client waits to be told (`Expect: 100-continue`), and has not been. */
  readonly isWithheld: boolean;
  /**
   * The bytes, once. A client that waits is told to send them now.
   * Throws `EntityTooLarge` beyond `maxBytes`, `BadRequest` when there are not as many as declared, and what node:http throws when the client goes away.
   */
  read(maxBytes: number): AsyncIterable<Uint8Array>;
}

/** As the server has it. */
export interface IncomingBody extends RequestBody {
  /**
   * Once the answer is sent: lets go by what nobody has read. Most clients send everything before they look for an answer,
   * and what is next on the connection comes behind it.
   */
  drain(): Promise<void>;
}

export function createRequestBody(incoming: IncomingMessage, outgoing: ServerResponse): IncomingBody {
  const length = incoming.headers['content-length'];
  const declaredSizeBytes = length === undefined ? undefined : Number(length);
  const chunked = incoming.headers['transfer-encoding'] !== undefined;
  // HTTP/1.0 has no 100: who expects one all the same must not get it (RFC 9110, section 10.1.1).
  let isWithheld = incoming.httpVersion !== '1.0' && /100-continue/i.test(incoming.headers.expect ?? '');
  let bytes: AsyncIterator<Uint8Array> | undefined;
  return {
    declaredSizeBytes,
    chunked,
    get isWithheld() {
      return isWithheld;
    },
    async *read(maxBytes) {
      // A client that waits need not send what is refused anyway.
      if (declaredSizeBytes !== undefined && declaredSizeBytes > maxBytes) throw new OssError('EntityTooLarge');
      if (isWithheld) outgoing.writeContinue();
      isWithheld = false;
      let sizeBytes = 0;
      // Of a destroyed one there are no events.
      if (incoming.destroyed)
        throw incoming.errored ?? new ClientGoneError('the connection was closed before its request was read');
      // Of a chunked body, whatever it declares, nobody knows the size.
      const expectedBytes = chunked ? undefined : declaredSizeBytes;
      const isSmall = expectedBytes !== undefined && expectedBytes <= SMALL_BODY_BYTES;
      const pieces = isSmall ? readWhole(incoming) : receiveBlocks(incoming, expectedBytes);
      bytes = pieces;
      for await (const chunk of pieces) {
        sizeBytes += chunk.length;
        if (sizeBytes > maxBytes) throw new OssError('EntityTooLarge');
        yield chunk;
      }
      if (declaredSizeBytes !== undefined && sizeBytes !== declaredSizeBytes) {
        throw new OssError('BadRequest', {}, { cause: 'Content-Length and the chunks of the body disagree' });
      }
    },
    async drain() {
      if (incoming.complete || incoming.destroyed) return;
      // Left in the middle it still listens, and the stream stands still.
      await bytes?.return?.();
      incoming.resume();
    },
  };
}

/** As much as one read from a socket can bring. */
const SMALL_BODY_BYTES = 64 * 1024;

/** To copy them would cost more than the pieces in which they come: most have one. */
async function* readWhole(incoming: IncomingMessage): AsyncGenerator<Uint8Array, void, undefined> {
  const chunks: Uint8Array[] = [];
  await new Promise<void>((resolve, reject) => {
    incoming.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    incoming.once('end', resolve);
    incoming.once('error', reject);
  });
  yield* chunks;
}

/** Reads a small body to its end, such as the XML of a configuration. */
export async function readSmallBody(body: RequestBody, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body.read(maxBytes)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError';
}
