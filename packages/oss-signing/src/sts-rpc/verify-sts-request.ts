import { MAX_CLOCK_SKEW_MS } from '../check-clock-skew.ts';
import type { Credentials } from '../credentials.ts';
import { equalInConstantTime } from '../equal-in-constant-time.ts';
import { findAccessKey } from '../find-access-key.ts';
import { queryEntries } from '../query-entries.ts';
import type { QueryParameters } from '../signable-request.ts';
import { signatureV1 } from '../v1/signature.ts';
import { stsStringToSign } from './string-to-sign.ts';

/** The outcome of {@link verifyStsRequest}. */
export type StsVerification =
  | { readonly ok: true; readonly accessKeyId: string; readonly nonce: string }
  | { readonly ok: false; readonly reason: 'missing-parameter'; readonly parameter: string }
  | { readonly ok: false; readonly reason: 'repeated-parameter'; readonly parameter: string }
  | { readonly ok: false; readonly reason: 'unsupported-signature'; readonly parameter: string; readonly value: string }
  | { readonly ok: false; readonly reason: 'invalid-timestamp'; readonly value: string }
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
      readonly stringToSign: string;
    };

const REQUIRED = ['AccessKeyId', 'SignatureMethod', 'SignatureVersion', 'SignatureNonce', 'Timestamp', 'Signature'];
const SUPPORTED = [
  ['SignatureMethod', 'HMAC-SHA1'],
  ['SignatureVersion', '1.0'],
] as const;
/** With milliseconds too: ali-oss sends them. */
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;

/**
 * Verifies an STS request, RPC style: syntax, key, token, time, signature, in that order. Whether the nonce was seen
 * before is the caller's to remember. Assumption: the time may be 15 minutes off, as for OSS.
 *
 * @param request.parameters of the query (GET) or the form (POST), decoded
 */
export function verifyStsRequest(
  request: { readonly method: string; readonly parameters: QueryParameters },
  options: {
    readonly findCredentials: (accessKeyId: string) => Credentials | undefined;
    /** The server's time. */
    readonly now: Date;
  },
): StsVerification {
  const parameters = new Map<string, string>();
  for (const [name, value] of queryEntries(request.parameters)) {
    if (parameters.has(name)) {
      return { ok: false, reason: 'repeated-parameter', parameter: name };
    }
    parameters.set(name, value);
  }
  const parameter = (name: string): string => parameters.get(name) ?? '';
  const missing = REQUIRED.find((name) => parameter(name) === '');
  if (missing !== undefined) {
    return { ok: false, reason: 'missing-parameter', parameter: missing };
  }
  for (const [name, value] of SUPPORTED) {
    if (parameter(name) !== value) {
      return { ok: false, reason: 'unsupported-signature', parameter: name, value: parameter(name) };
    }
  }
  const timestamp = parameter('Timestamp');
  const requestTime = new Date(TIMESTAMP.test(timestamp) ? timestamp : Number.NaN);
  if (Number.isNaN(requestTime.getTime())) {
    return { ok: false, reason: 'invalid-timestamp', value: timestamp };
  }
  const accessKeyId = parameter('AccessKeyId');
  const found = findAccessKey(accessKeyId, parameters.get('SecurityToken'), options.findCredentials);
  if (!found.ok) {
    return { ok: false, reason: found.reason, accessKeyId };
  }
  // Written so that NaN, the difference to an invalid `now`, is refused.
  if (!(Math.abs(options.now.getTime() - requestTime.getTime()) <= MAX_CLOCK_SKEW_MS)) {
    return { ok: false, reason: 'time-skewed', requestTime };
  }
  const stringToSign = stsStringToSign(request.method, request.parameters);
  const expected = signatureV1(`${found.credentials.accessKeySecret}&`, stringToSign);
  const signatureProvided = parameter('Signature');
  return equalInConstantTime(signatureProvided, expected)
    ? { ok: true, accessKeyId, nonce: parameter('SignatureNonce') }
    : { ok: false, reason: 'signature-mismatch', accessKeyId, signatureProvided, stringToSign };
}
