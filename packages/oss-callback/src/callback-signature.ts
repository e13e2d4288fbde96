import { type KeyLike, sign } from 'node:crypto';

import { decodeCanonicalBase64 } from './canonical-base64.ts';
import { decodePublicKeyUrl } from './decode-public-key-url.ts';
import type { HeaderValue } from './header-value.ts';
import { parsePinnedKey } from './pinned-key.ts';
import { OSS_CALLBACK_PUBLIC_KEYS } from './public-keys.ts';
import { CALLBACK_HASH, type SignatureImplementation, verifyRsaMd5 } from './rsa-md5-verification.ts';
import { signedTargetLine } from './signed-target-line.ts';

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
  return Buffer.concat([signedTargetLine(requestTarget), body]);
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
  const authorization = singleValue(request.authorization);
  const urlHeader = singleValue(request.publicKeyUrl);
  if (authorization === '') {
    return { ok: false, reason: 'missing-authorization' };
  }
  if (urlHeader === '') {
    return { ok: false, reason: 'missing-public-key-url' };
  }
  const publicKeyUrl = urlHeader === undefined ? undefined : decodePublicKeyUrl(urlHeader);
  if (publicKeyUrl === undefined) {
    return { ok: false, reason: 'malformed-public-key-url' };
  }
  const pem = (options.publicKeys ?? OSS_CALLBACK_PUBLIC_KEYS).get(publicKeyUrl);
  if (pem === undefined) {
    return { ok: false, reason: 'unknown-public-key-url' };
  }
  const key = parsePinnedKey(publicKeyUrl, pem);
  const signature = authorization === undefined ? undefined : decodeSignature(authorization, key.modulusLengthBytes);
  if (signature === undefined) {
    return { ok: false, reason: 'malformed-authorization' };
  }
  return verifyRsaMd5(key, [signedTargetLine(request.requestTarget), request.body], signature, options.implementation)
    ? { ok: true, publicKeyUrl }
    : { ok: false, reason: 'signature-mismatch' };
}

/** `undefined` when the header is repeated, `''` when there is none. */
function singleValue(header: HeaderValue): string | undefined {
  if (typeof header === 'string') {
    return header;
  }
  const values = (header ?? []).filter((value) => value !== '');
  return values.length > 1 ? undefined : (values[0] ?? '');
}

function decodeSignature(header: string, lengthBytes: number): Buffer | undefined {
  const signature = header.length === Math.ceil(lengthBytes / 3) * 4 ? decodeCanonicalBase64(header) : undefined;
  return signature?.length === lengthBytes ? signature : undefined;
}
