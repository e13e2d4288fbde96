import type { IncomingMessage, ServerResponse } from 'node:http';
import { OssError } from './oss-error.ts';

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

export function createRequestBody(incoming: IncomingMessage, outgoing: ServerResponse): RequestBody {
  const length = incoming.headers['content-length'];
  const declaredSizeBytes = length === undefined ? undefined : Number(length);
  let isWithheld = incoming.headers.expect !== undefined;
  return {
    declaredSizeBytes,
    chunked: incoming.headers['transfer-encoding'] !== undefined,
    get isWithheld() {
      return isWithheld;
    },
    async *read(maxBytes) {
      if (isWithheld) outgoing.writeContinue();
      isWithheld = false;
      let sizeBytes = 0;
      // Leaving the loop early must not destroy the socket: the refusal still has to reach the client.
      for await (const chunk of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
        sizeBytes += chunk.length;
        if (sizeBytes > maxBytes) throw new OssError('EntityTooLarge');
        yield chunk;
      }
      if (declaredSizeBytes !== undefined && sizeBytes !== declaredSizeBytes) {
        throw new OssError('BadRequest', {}, { cause: 'Content-Length and the chunks of the body disagree' });
      }
    },
  };
}

/** Reads a small body to its end, such as the XML of a configuration. */
export async function readSmallBody(body: RequestBody, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body.read(maxBytes)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
