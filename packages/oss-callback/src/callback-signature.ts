import { type KeyLike, sign } from 'node:crypto';

import { decodeCanonicalBase64 } from './canonical-base64.ts';
import type { HeaderValue } from './header-value.ts';
import { percentDecodeBytes } from './percent-decode-bytes.ts';
import { parsePinnedKey } from './pinned-key.ts';
import { OSS_CALLBACK_PUBLIC_KEYS } from './public-keys.ts';
import { CALLBACK_HASH, type SignatureImplementation, verifyRsaMd5 } from './rsa-md5-verification.ts';

/** Longer than any URL one would pin; a longer header is refused before it is decoded. */
const MAX_PUBLIC_KEY_URL_HEADER = 1024;

/** Why a callback request is not believed. */
export type CallbackRefusal =
  | 'missing-authorization'
  | 'missing-public-key-url'
  | 'malformed-public-key-url'
  | 'unknown-public-key-url'
  | 'malformed-authorization'
  | 'signature-mismatch';

/** What `verifyCallbackSignature` answers. */
export type CallbackVerification =
  | { readonly ok: true; readonly publicKeyUrl: string }
  | { readonly ok: false; readonly reason: CallbackRefusal };

/**
 * A callback request as it arrived: raw target, raw body, two headers. A repeated header is refused; `node:http` shows
 * repetitions of `authorization` in `headersDistinct` only.
 */
export interface SignedCallback {
  /** `request.url` of `node:http`: path and query as they stood on the request line. */
  readonly requestTarget: string;
  /** The bytes of the body before anything parsed them. */
  readonly body: Uint8Array;
  /** Header `authorization`. */
  readonly authorization: HeaderValue;
  /** Header `x-oss-pub-key-url`. */
  readonly publicKeyUrl: HeaderValue;
}

/**
 * What OSS signs: the path, percent-decoded once, then the query as it is with its `?`, a line feed, and the body. No
 * header takes part, nor method and host.
 *
 * @param requestTarget path and query of the request line; nothing normalised, `+` and malformed escapes stay
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback
 */
export function callbackStringToSign(requestTarget: string, body: Uint8Array): Buffer {
  const target = targetBytes(requestTarget);
  const questionMark = target.indexOf('?');
  const pathEnd = questionMark === -1 ? target.length : questionMark;
  return Buffer.concat([
    percentDecodeBytes(target.subarray(0, pathEnd)),
    target.subarray(pathEnd),
    Buffer.from('\n'),
    body,
  ]);
}

/**
 * Signs a callback request as OSS does. RSA keys of any size work; OSS's own has 512 bits.
 *
 * @returns the value of the `Authorization` header: Base64, no scheme
 */
export function signCallback(request: {
  readonly requestTarget: string;
  readonly body: Uint8Array;
  readonly privateKey: KeyLike;
}): string {
  return sign(CALLBACK_HASH, callbackStringToSign(request.requestTarget, request.body), request.privateKey).toString(
    'base64',
  );
}

/**
 * Checks that a callback request came through OSS: known key, canonical headers, RSA signature over the raw bytes.
 *
 * The answer `ok` is no authority to act. OSS signs for every customer alike, so anyone with a bucket can have any body
 * signed; what a callback may do is decided by `verifyUploadTicket`.
 *
 * Never throws for anything a sender can send, and looks at no more of a header than its right length.
 *
 * @param options.publicKeys trusted keys, PEM by exact URL; `OSS_CALLBACK_PUBLIC_KEYS` unless given
 * @param options.implementation unless given, `node:crypto`, and BigInt where the runtime refuses 512-bit keys or MD5
 * @throws {InvalidPublicKeyError} when a key in `publicKeys` is no RSA public key
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback
 */
export function verifyCallbackSignature(
  request: SignedCallback,
  options: {
    readonly publicKeys?: ReadonlyMap<string, string>;
    readonly implementation?: SignatureImplementation;
  } = {},
): CallbackVerification {
  const authorizations = valuesOf(request.authorization);
  const urlHeaders = valuesOf(request.publicKeyUrl);
  if (authorizations.length === 0) {
    return { ok: false, reason: 'missing-authorization' };
  }
  if (urlHeaders.length === 0) {
    return { ok: false, reason: 'missing-public-key-url' };
  }
  const publicKeyUrl = decodeUrlHeader(urlHeaders);
  if (publicKeyUrl === undefined) {
    return { ok: false, reason: 'malformed-public-key-url' };
  }
  const pem = (options.publicKeys ?? OSS_CALLBACK_PUBLIC_KEYS).get(publicKeyUrl);
  if (pem === undefined) {
    return { ok: false, reason: 'unknown-public-key-url' };
  }
  const key = parsePinnedKey(publicKeyUrl, pem);
  const signature = decodeSignature(authorizations, key.modulusLengthBytes);
  if (signature === undefined) {
    return { ok: false, reason: 'malformed-authorization' };
  }
  const stringToSign = callbackStringToSign(request.requestTarget, request.body);
  return verifyRsaMd5(key, stringToSign, signature, options.implementation)
    ? { ok: true, publicKeyUrl }
    : { ok: false, reason: 'signature-mismatch' };
}

function decodeUrlHeader(values: readonly string[]): string | undefined {
  const [text = '', second] = values;
  if (second !== undefined || text.length > MAX_PUBLIC_KEY_URL_HEADER) {
    return undefined;
  }
  // latin1 gives every byte its own character: two headers that differ in one byte never become the same text.
  return decodeCanonicalBase64(text)?.toString('latin1');
}

function decodeSignature(values: readonly string[], lengthBytes: number): Buffer | undefined {
  const [text = '', second] = values;
  if (second !== undefined || text.length !== Math.ceil(lengthBytes / 3) * 4) {
    return undefined;
  }
  const signature = decodeCanonicalBase64(text);
  return signature?.length === lengthBytes ? signature : undefined;
}

function valuesOf(header: HeaderValue): readonly string[] {
  return (typeof header === 'string' ? [header] : (header ?? [])).filter((value) => value !== '');
}

/** `node:http` hands over one character per byte; text beyond that (never from a socket) is taken as UTF-8. */
function targetBytes(requestTarget: string): Buffer {
  const bytes = Buffer.from(requestTarget, 'latin1');
  return bytes.toString('latin1') === requestTarget ? bytes : Buffer.from(requestTarget, 'utf8');
}
