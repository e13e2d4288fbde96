import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
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

/** How long to wait for `100 Continue` before sending all the same, as curl does: proxies may swallow it. */
const CONTINUE_TIMEOUT_MS = 1000;

export class UploadError extends Error {
  override readonly name = 'UploadError';
}

/**
 * PUTs the file to the presigned URL. `node:http` rather than `fetch`: progress needs the stream, and so does
 * `Expect: 100-continue`, with which a refusal (expired, wrong type) comes before the bytes instead of as a broken pipe.
 * @throws {UploadError} when the connection breaks before an answer, or the file changes while it is being read
 */
export async function uploadPut({ file, sizeBytes, grant, onProgress }: UploadOptions): Promise<UploadResponse> {
  const url = new URL(grant.url);
  const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(grant.url, {
    method: grant.method,
    headers: { ...grant.headers, 'content-length': sizeBytes, expect: '100-continue' },
    timeout: SOCKET_IDLE_TIMEOUT_MS,
  });
  request.on('timeout', () =>
    request.destroy(new UploadError(`no sign of life for ${SOCKET_IDLE_TIMEOUT_MS / 1000} s`)),
  );
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
  });
  const mayContinue = new Promise<'continue'>((resolve) => request.once('continue', () => resolve('continue')));
  request.flushHeaders();

  try {
    const first = await Promise.race([mayContinue, answered, setTimeout(CONTINUE_TIMEOUT_MS, 'continue' as const)]);
    const md5 = createHash('md5');
    // A response that came first is a refusal: it does not wait for the bytes.
    if (first === 'continue') await Promise.all([sendBytes(request, { file, sizeBytes, md5, onProgress }), answered]);
    const response = await answered;
    return {
      status: response.statusCode ?? 0,
      headers: firstValues(response),
      body: await readBody(response),
      sentMd5: md5.digest('hex').toUpperCase(),
    };
  } catch (error) {
    if (error instanceof UploadError) throw error;
    throw new UploadError(`connection to ${url.host} broke: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    request.destroy();
  }
}

async function sendBytes(
  request: ClientRequest,
  { file, sizeBytes, md5, onProgress }: Pick<UploadOptions, 'file' | 'sizeBytes' | 'onProgress'> & { md5: Hash },
): Promise<void> {
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
  );
  // Who has all announced bytes may answer, and close, before node:http has noted the end of the request. Whether there is
  // an answer is for the caller to see.
  await sending.catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE' || sentBytes < sizeBytes) throw error;
  });
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
