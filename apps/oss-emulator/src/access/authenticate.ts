import { MAX_CLOCK_SKEW_MS, verifyRequest } from '@oss-callback/oss-signing';
import type { Refusal, Verification } from '@oss-callback/oss-signing';
import { findAccessKeys, unknownToSts } from './access-keys.ts';
import type { AccessKeys, KeyHolders } from './access-keys.ts';
import type { Caller } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { ErrorMembers } from '../oss-error.ts';
import type { OssRequest } from '../http/oss-request.ts';
import type { RequestAddress } from '../http/request-address.ts';

export interface AuthenticationRules extends KeyHolders {
  readonly region: string;
}

/**
 * Who sent the request, by its signature: V1 or V4, in the header or the query.
 * @throws {OssError} for every signature that does not hold. A request without one is anonymous, and no error yet.
 */
export function authenticate(request: OssRequest, rules: AuthenticationRules): Caller {
  const keys = findAccessKeys(rules, securityTokenOf(request), request.receivedAt);
  const verification = verify(request, request.address, rules, keys);
  if (verification.ok) return keys.callerOf(verification.accessKeyId);
  if (verification.reason === 'unsigned') return { kind: 'anonymous' };
  throw keys.refusal() ?? refusalError(verification, request);
}

/** Of several readings of the same request, the one that its sender signed; the first when that says nothing. */
export function selectSignedAddress(
  candidates: readonly [RequestAddress, ...RequestAddress[]],
  request: SignedParts,
  rules: AuthenticationRules,
): RequestAddress {
  const [first, ...others] = candidates;
  if (others.length === 0) return first;
  return findSignedAddress(candidates, request, rules) ?? first;
}

export function findSignedAddress(
  candidates: readonly RequestAddress[],
  request: SignedParts,
  rules: AuthenticationRules,
): RequestAddress | undefined {
  const keys = findAccessKeys(rules, securityTokenOf(request), request.receivedAt);
  return candidates.find((address) => verify(request, address, rules, keys).ok);
}

export type SignedParts = Pick<OssRequest, 'method' | 'query' | 'headers' | 'receivedAt'>;

function verify(
  { method, query, headers, receivedAt }: SignedParts,
  { bucket, key }: RequestAddress,
  { region }: AuthenticationRules,
  { findCredentials }: AccessKeys,
): Verification {
  return verifyRequest(
    { method, query, headers, ...(bucket === undefined ? {} : { bucket }), ...(key === undefined ? {} : { key }) },
    { findCredentials, now: receivedAt, region },
  );
}

/** Wherever the request carries it; that it stands where its signature wants it is for the verification to see. */
function securityTokenOf({ headers, query }: SignedParts): string | undefined {
  const inQuery = query.find(([name]) => name === 'x-oss-security-token' || name === 'security-token');
  return headers['x-oss-security-token'] || inQuery?.[1];
}

/** Codes and messages: the signature pages and the EC pages; where a page gives an EC but no text, the text is ours. */
export function refusalError(refusal: Exclude<Refusal, { reason: 'unsigned' }>, request: OssRequest): OssError {
  const { ec } = refusal;
  const serverTime = request.receivedAt;
  switch (refusal.reason) {
    case 'header-and-query':
      return invalidArgument('Authorization', 'A request must not be signed in both header and query.', {
        ec: ec ?? '0002-00000039',
      });
    case 'malformed':
      return invalidArgument(refusal.field, refusal.detail, { ec });
    case 'missing-parameter':
      return missingParameter(refusal);
    case 'unsupported-version':
      return invalidArgument('Authorization', 'Signature version is not supported; use OSS4-HMAC-SHA256.', {
        ec,
        value: refusal.version,
      });
    case 'wrong-region':
    case 'wrong-product': {
      const what = refusal.reason === 'wrong-region' ? 'region' : 'product';
      // The text for the query: Python SDK, test_sign.py, `test_sign_v4_no_region`; for the product there it is assumed.
      const inQuery = request.parameters.has('x-oss-credential');
      const message = inQuery
        ? `The signing ${what} in credential is invalid.`
        : `Invalid signing ${what} in Authorization header.`;
      return invalidArgument(inQuery ? 'x-oss-credential' : 'Authorization', message, {
        ec: ec ?? (what === 'region' ? '0002-00000226' : '0002-00000227'),
        value: refusal.provided,
      });
    }
    case 'invalid-date':
      return accessDenied('OSS authentication requires a valid Date.', ec ?? '0002-00000505');
    case 'invalid-expires':
      return request.parameters.has('x-oss-expires')
        ? invalidArgument('x-oss-expires', 'x-oss-expires must be from 1 to 604800 seconds.', {
            ec,
            value: refusal.value,
          })
        : accessDenied('Invalid date (should be seconds since epoch).', ec);
    case 'expired':
      return accessDenied('Request has expired.', ec, {
        Expires: isoTime(refusal.expiresAt),
        ServerTime: serverTime.toISOString(),
      });
    case 'time-skewed':
      return new OssError('RequestTimeTooSkewed', {
        MaxAllowedSkewMilliseconds: String(MAX_CLOCK_SKEW_MS),
        RequestTime: isoTime(refusal.requestTime),
        ServerTime: serverTime.toISOString(),
      });
    case 'unknown-access-key':
      return new OssError('InvalidAccessKeyId', { OSSAccessKeyId: refusal.accessKeyId });
    case 'security-token-missing':
      return missingSecurityToken(refusal.carrier);
    case 'security-token-invalid':
      return unknownToSts(refusal.accessKeyId);
    case 'signature-mismatch':
      return new OssError('SignatureDoesNotMatch', {
        OSSAccessKeyId: refusal.accessKeyId,
        SignatureProvided: refusal.signatureProvided,
        StringToSign: refusal.stringToSign,
        StringToSignBytes: spacedHex(refusal.stringToSign),
        CanonicalRequest: refusal.canonicalRequest,
      });
  }
}

function missingParameter(refusal: Extract<Refusal, { reason: 'missing-parameter' }>): OssError {
  if (refusal.version === 'V1' && refusal.carrier === 'query') {
    return accessDenied(
      'Query string authentication requires the Signature, Expires and OSSAccessKeyId parameters.',
      refusal.ec,
    );
  }
  return invalidArgument(refusal.parameter, `The parameter ${refusal.parameter} is required.`, { ec: refusal.ec });
}

function missingSecurityToken(carrier: 'header' | 'query'): OssError {
  if (carrier === 'query') return new OssError('InvalidRequest');
  return new OssError('InvalidRequest', {}, { message: 'Security-token must be provided by header.' });
}

function invalidArgument(name: string, message: string, more: { ec: string | undefined; value?: string }): OssError {
  return new OssError('InvalidArgument', { ArgumentName: name, ArgumentValue: more.value }, { message, ec: more.ec });
}

function accessDenied(message: string, ec: string | undefined, members: ErrorMembers = {}): OssError {
  return new OssError('AccessDenied', members, { message, ec });
}

/** An unreadable time has no ISO form. */
function isoTime(time: Date): string | undefined {
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

/** `47 45 54 0A `: each byte in hex, a blank behind each, as the documentation's samples have it. */
function spacedHex(text: string): string {
  return Buffer.from(text, 'utf8')
    .toString('hex')
    .toUpperCase()
    .replaceAll(/../g, (byte) => `${byte} `);
}
