import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { encodeHeaderText } from './header-text.ts';
import type { OssResponse } from './oss-response.ts';
import { pace } from './pace.ts';

export interface AnsweredRequest {
  readonly requestId: string;
  readonly method: string;
  /** Of the emulator's clock: SDKs set theirs by the Date header after `RequestTimeTooSkewed`. */
  readonly now: Date;
  /** Processing time so far. */
  readonly elapsedMs: number;
  /** The client has not been told to send its body, so the connection cannot be used again. */
  readonly closeConnection: boolean;
}

/**
 * Sends status, headers and body. Header names are in the spelling SDKs look for: Android finds `ETag` and
 * `x-oss-request-id`, but neither `Etag` nor `X-Oss-Request-Id`.
 */
export async function sendResponse(outgoing: ServerResponse, response: OssResponse, request: AnsweredRequest) {
  const { body = Buffer.alloc(0) } = response;
  const headers: string[] = [];
  const add = (name: string, value: string): void => {
    headers.push(name, encodeHeaderText(value));
  };
  add('Server', 'AliyunOSS');
  add('Date', request.now.toUTCString());
  if (request.closeConnection) add('Connection', 'close');
  add('x-oss-request-id', request.requestId);
  for (const [name, value] of Object.entries(response.headers ?? {})) {
    if (value !== undefined) add(name, value);
  }
  add('x-oss-server-time', String(Math.max(0, Math.round(request.elapsedMs))));
  // OSS's own samples have it with 204 too; with 304 it would have to be the size of what is not sent. It comes last:
  // once node:http has seen it, it reads a Content-Disposition as Latin-1, and ours is UTF-8.
  const sizeBytes = Buffer.isBuffer(body) ? body.length : body.sizeBytes;
  if (response.status !== 304 && sizeBytes !== undefined) add('Content-Length', String(sizeBytes));
  outgoing.writeHead(response.status, headers);
  // Without a body node:http sends the headers in one piece; with an empty one it sends two.
  if (request.method === 'HEAD' || (Buffer.isBuffer(body) && body.length === 0)) {
    outgoing.end();
  } else if (Buffer.isBuffer(body)) {
    outgoing.end(body);
  } else if (body.bytesPerSecond === undefined) {
    await pipeline(body.bytes, outgoing);
  } else {
    await pipeline(body.bytes, pace(body.bytesPerSecond), outgoing);
  }
}

/** Lets go of what holds a file or a connection until it is read, when nobody is there any more to read it. */
export function discardResponse({ body }: OssResponse): void {
  if (body !== undefined && !Buffer.isBuffer(body) && body.bytes instanceof Readable) body.bytes.destroy();
}
