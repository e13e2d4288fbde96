import { MAX_CLOCK_SKEW_MS } from '../check-clock-skew.ts';
import type { Credentials } from '../credentials.ts';
import { equalInConstantTime } from '../equal-in-constant-time.ts';
import { findAccessKey } from '../find-access-key.ts';
import { headerFields } from '../header-fields.ts';
import { acs3CanonicalRequest, acs3ContentHash, type Acs3Request } from './canonical-request.ts';
import { ACS3_ALGORITHM, acs3Signature, acs3StringToSign } from './signature.ts';

/** The outcome of {@link verifyAcs3Request}. */
export type Acs3Verification =
  | { readonly ok: true; readonly accessKeyId: string; readonly nonce: string }
  /** The header is absent or empty; of `authorization` also when it is not of this algorithm and form. */
  | { readonly ok: false; readonly reason: 'missing-header' | 'malformed-header'; readonly header: string }
  /** A header that the signature has to cover, and does not. */
  | { readonly ok: false; readonly reason: 'unsigned-header'; readonly header: string }
  | { readonly ok: false; readonly reason: 'content-mismatch' }
  | { readonly ok: false; readonly reason: 'invalid-date'; readonly value: string }
  | { readonly ok: false; readonly reason: 'time-skewed'; readonly requestTime: Date }
  | {
      readonly ok: false;
      readonly reason: 'unknown-access-key' | 'security-token-missing' | 'security-token-invalid';
      readonly accessKeyId: string;
    }
  | {
      readonly ok: false;
      readonly reason: 'signature-mismatch';
      readonly accessKeyId: string;
      readonly signatureProvided: string;
      readonly canonicalRequest: string;
      readonly stringToSign: string;
    };

const REQUIRED = ['x-acs-action', 'x-acs-version', 'x-acs-date', 'x-acs-signature-nonce', 'x-acs-content-sha256'];
const AUTHORIZATION =
  /^ACS3-HMAC-SHA256 +Credential=([^,\s]+), *SignedHeaders=([a-z0-9;_-]+), *Signature=([0-9a-f]{64})$/;
const DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** Whether an Authorization header claims to be of this signature. */
export function isAcs3Authorization(header: string | undefined): boolean {
  return header?.startsWith(ACS3_ALGORITHM) === true;
}

/**
 * Verifies an RPC call of OpenAPI by signature V3: syntax, what is covered, body, key, token, time, signature, in that
 * order. Whether the nonce was seen before is the caller's to remember.
 *
 * OpenAPI: *Request syntax and signature method V3*, which has all `x-acs-…` headers signed, and `host`.
 */
export function verifyAcs3Request(
  request: Acs3Request,
  options: {
    readonly findCredentials: (accessKeyId: string) => Credentials | undefined;
    /** The server's time. */
    readonly now: Date;
  },
): Acs3Verification {
  const fields = headerFields(request.headers);
  const field = (name: string): string => fields.get(name) ?? '';
  const missing = ['authorization', 'host', ...REQUIRED].find((name) => field(name) === '');
  if (missing !== undefined) {
    return { ok: false, reason: 'missing-header', header: missing };
  }
  const [, accessKeyId, signedNames, signatureProvided] = AUTHORIZATION.exec(field('authorization')) ?? [];
  if (accessKeyId === undefined || signedNames === undefined || signatureProvided === undefined) {
    return { ok: false, reason: 'malformed-header', header: 'authorization' };
  }
  const signedHeaders = signedNames.split(';');
  const unsigned = ['host', ...fields.keys()].find(
    (name) => (name === 'host' || name.startsWith('x-acs-')) && !signedHeaders.includes(name),
  );
  if (unsigned !== undefined) {
    return { ok: false, reason: 'unsigned-header', header: unsigned };
  }
  const contentHash = field('x-acs-content-sha256');
  if (contentHash !== acs3ContentHash(request.body)) {
    return { ok: false, reason: 'content-mismatch' };
  }
  const date = field('x-acs-date');
  const requestTime = new Date(DATE.test(date) ? date : Number.NaN);
  if (Number.isNaN(requestTime.getTime())) {
    return { ok: false, reason: 'invalid-date', value: date };
  }
  const found = findAccessKey(accessKeyId, fields.get('x-acs-security-token'), options.findCredentials);
  if (!found.ok) {
    return { ok: false, reason: found.reason, accessKeyId };
  }
  // Written so that NaN, the difference to an invalid `now`, is refused.
  if (!(Math.abs(options.now.getTime() - requestTime.getTime()) <= MAX_CLOCK_SKEW_MS)) {
    return { ok: false, reason: 'time-skewed', requestTime };
  }
  const canonicalRequest = acs3CanonicalRequest(request, fields, signedHeaders, contentHash);
  const stringToSign = acs3StringToSign(canonicalRequest);
  const expected = acs3Signature(found.credentials.accessKeySecret, stringToSign);
  return equalInConstantTime(signatureProvided, expected)
    ? { ok: true, accessKeyId, nonce: field('x-acs-signature-nonce') }
    : { ok: false, reason: 'signature-mismatch', accessKeyId, signatureProvided, canonicalRequest, stringToSign };
}
