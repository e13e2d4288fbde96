import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream/promises';
import type { UploadGrant } from './upload-grant.ts';

export interface UploadResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** MD5 of the bytes that were sent, upper-case hex, to be compared with the ETag. */
  readonly sentMd5: string;
}

export interface UploadOptions {
  readonly file: string;
  readonly sizeBytes: number;
  readonly grant: UploadGrant;
  readonly onProgress: (sentBytes: number) => void;
}

/** The answer carries a callback server's JSON of at most 1 MB, or error XML. */
const MAX_ANSWER_BYTES = 2 * 1024 * 1024;

/** The uploader waits while OSS waits up to 5 s for each of at most five callback URLs. */
const SOCKET_IDLE_TIMEOUT_MS = 60_000;

export class UploadError extends Error {
  override readonly name = 'UploadError';
}

/**
 * PUTs the file to the presigned URL. `node:http` rather than `fetch`: progress needs the stream, and a refusal that
 * arrives while the bytes are still being sent must be read, not lost to a broken pipe.
 * @throws {UploadError} when the connection breaks before an answer, or the file changes while it is being read
 */
export async function uploadPut({ file, sizeBytes, grant, onProgress }: UploadOptions): Promise<UploadResponse> {
  const url = new URL(grant.url);
  const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(grant.url, {
    method: grant.method,
    headers: { ...grant.headers, 'content-length': sizeBytes },
    timeout: SOCKET_IDLE_TIMEOUT_MS,
  });
  request.on('timeout', () =>
    request.destroy(new UploadError(`no sign of life for ${SOCKET_IDLE_TIMEOUT_MS / 1000} s`)),
  );
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
  });

  const md5 = createHash('md5');
  let sentBytes = 0;
  const sending = pipeline(
    createReadStream(file, { highWaterMark: 256 * 1024 }),
    async function* meter(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        sentBytes += chunk.length;
        if (sentBytes > sizeBytes) throw new UploadError(`${file} grew while it was being uploaded`);
        md5.update(chunk);
        yield chunk;
        onProgress(sentBytes);
      }
      if (sentBytes < sizeBytes) throw new UploadError(`${file} shrank while it was being uploaded`);
    },
    request,
  ).catch((error: unknown) => {
    if (error instanceof UploadError) request.destroy(error);
    // Any other failure shows in `answered`: as its error, or as the early refusal that closed the pipe.
  });

  try {
    const response = await answered;
    const body = await readBody(response);
    await Promise.race([sending, new Promise((resolve) => response.once('close', resolve))]);
    return {
      status: response.statusCode ?? 0,
      headers: firstValues(response),
      body,
      sentMd5: md5.digest('hex').toUpperCase(),
    };
  } catch (error) {
    if (error instanceof UploadError) throw error;
    throw new UploadError(`connection to ${url.host} broke: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    request.destroy();
  }
}

async function readBody(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) throw new UploadError(`the answer is longer than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function firstValues(response: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(response.headersDistinct).map(([name, values]) => [name, values?.[0] ?? '']),
  );
}
