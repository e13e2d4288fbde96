import { STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { errorResponse } from './error-response.ts';
import { lingerAtEnd } from './linger.ts';
import { OssError } from '../oss-error.ts';

/**
 * Answers what node:http could not read as a request: with an error as OSS's SDKs can parse it, then closes. The code for
 * oversized headers is ours: OSS documents none.
 */
export function answerClientError(
  error: Error & { code?: string },
  socket: Duplex,
  { now, requestId }: { readonly now: Date; readonly requestId: string },
): OssError | undefined {
  // Answered already: what still comes is part of the same nonsense.
  if (socket.writableEnded && error.code !== 'ECONNRESET') return undefined;
  // Nor is there anything to say to who opened a connection in advance and did not use it, as browsers do.
  const isUnused = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && socket instanceof Socket && socket.bytesRead === 0;
  if (error.code === 'ECONNRESET' || !socket.writable || isUnused) {
    socket.destroy();
    return undefined;
  }
  const refusal = new OssError(
    error.code === 'HPE_HEADER_OVERFLOW' ? 'RequestHeaderTooLarge' : 'BadRequest',
    {},
    {
      cause: error.message,
    },
  );
  const { status, headers, body } = errorResponse(refusal, { requestId, hostName: '', method: '' });
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Server: AliyunOSS',
    `Date: ${now.toUTCString()}`,
    `Content-Type: ${headers?.['Content-Type'] ?? ''}`,
    `Content-Length: ${bytes.length}`,
    'Connection: close',
    `x-oss-request-id: ${requestId}`,
    'x-oss-server-time: 0',
  ];
  if (socket instanceof Socket) lingerAtEnd(socket);
  socket.end(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]));
  return refusal;
}
