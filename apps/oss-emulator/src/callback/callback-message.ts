import { hash, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { callbackStringToSign } from '@oss-callback/oss-callback';
import type { CallbackUrl, DecodedCallback } from '@oss-callback/oss-callback';

/** The POST request that goes to one callback URL, byte for byte. */
export interface CallbackMessage {
  readonly url: CallbackUrl;
  /** Whether a TLS client names the host it wants to talk to. */
  readonly sni: boolean;
  /** In OSS's order and spelling. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  readonly body: Buffer;
}

export interface CallbackMessageInput {
  readonly callback: DecodedCallback;
  readonly url: CallbackUrl;
  readonly body: Buffer;
  readonly bucket: string;
  readonly ownerId: string;
  /** Account id of the uploader; empty for an anonymous one (assumed: no source shows it). */
  readonly requesterId: string;
  readonly requestId: string;
  readonly privateKey: KeyObject;
  readonly publicKeyUrl: string;
  readonly now: Date;
}

/** As `signCallback` of oss-callback does it; RSA is the dearest step of a callback, and needs nothing of this thread. */
const signInThreadPool = promisify(sign);

/**
 * Headers as in the complete capture of the documentation ("server-signed web upload with callback", 2018). Where OSS puts
 * the `additionalHeaders` is not known: they come last.
 */
export async function createCallbackMessage(input: CallbackMessageInput): Promise<CallbackMessage> {
  const { callback, url, body } = input;
  const stringToSign = callbackStringToSign(url.requestTarget, body);
  const signature = await signInThreadPool('md5', stringToSign, input.privateKey);
  const additionalHeaders = harmlessHeaders(callback.additionalHeaders);
  const own: Array<readonly [string, string]> = [
    ['Host', callback.host ?? url.host],
    ['Connection', 'close'],
    ['Content-Length', String(body.length)],
    ['Authorization', signature.toString('base64')],
    ['Content-MD5', hash('md5', body, 'base64')],
    ['Content-Type', callback.bodyType],
    ['Date', input.now.toUTCString()],
    ['User-Agent', 'aliyun-oss-callback'],
    ['x-oss-additional-headers', additionalHeaders.map(([name]) => name).join(';')],
    ['x-oss-bucket', input.bucket],
    ['x-oss-owner', input.ownerId],
    ['x-oss-pub-key-url', Buffer.from(input.publicKeyUrl, 'utf8').toString('base64')],
    ['x-oss-request-id', input.requestId],
    ['x-oss-requester', input.requesterId],
    ['x-oss-signature-version', '1.0'],
    ['x-oss-tag', 'CALLBACK'],
    ['eagleeye-rpcid', '0.1'],
  ];
  return {
    url,
    sni: callback.sni,
    headers: [...own, ...additionalHeaders],
    body,
  };
}

/** Not to be added: what OSS sends itself, and what would change where the body ends. Names with `x-oss-` are refused earlier. */
const RESERVED_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'content-type',
  'date',
  'eagleeye-rpcid',
  'expect',
  'host',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
]);

function harmlessHeaders(additional: Readonly<Record<string, string>>): Array<readonly [string, string]> {
  return Object.entries(additional).filter(([name]) => !RESERVED_HEADERS.has(name));
}
