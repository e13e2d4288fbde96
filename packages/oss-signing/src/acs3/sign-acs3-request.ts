import { assertSigningTime } from '../assert-signing-time.ts';
import { assertCredentials, type Credentials } from '../credentials.ts';
import { headerFields } from '../header-fields.ts';
import { SigningInputError } from '../signing-input-error.ts';
import { ACS3_ALGORITHM, acs3Signature, acs3StringToSign } from './signature.ts';
import { acs3CanonicalRequest, acs3ContentHash, type Acs3Request } from './canonical-request.ts';

/** What an OpenAPI request is signed with. */
export interface SignAcs3Options {
  /** Name of the operation, `AssumeRole`. */
  readonly action: string;
  /** Of the API, `2015-04-01`. */
  readonly version: string;
  readonly credentials: Credentials;
  readonly now: Date;
  /** A text that no other request has; `crypto.randomUUID()` for instance. */
  readonly nonce: string;
}

/** A signed OpenAPI request. */
export interface SignedAcs3Request {
  /** All headers to send, by lower-case name, those of the request and `authorization` included. */
  readonly headers: Readonly<Record<string, string>>;
  readonly canonicalRequest: string;
  readonly stringToSign: string;
}

/** What the signature covers beside every `x-acs-…`. */
const ALSO_SIGNED = new Set(['host', 'content-type']);

/**
 * Signs an RPC call of Alibaba Cloud's OpenAPI by signature V3, as its newer SDKs do.
 *
 * OpenAPI: *Request syntax and signature method V3*.
 *
 * @param request.headers `host` is needed; `content-type` where there is a body
 * @throws {SigningInputError} for credentials, a time, a nonce or a host that could only be refused
 */
export function signAcs3Request(
  request: Acs3Request,
  { action, version, credentials, now, nonce }: SignAcs3Options,
): SignedAcs3Request {
  assertCredentials(credentials);
  assertSigningTime(now);
  if (nonce === '') {
    throw new SigningInputError('nonce', 'must not be empty');
  }
  const contentHash = acs3ContentHash(request.body);
  const fields = headerFields({
    ...request.headers,
    'x-acs-action': action,
    'x-acs-version': version,
    'x-acs-date': `${now.toISOString().slice(0, 19)}Z`,
    'x-acs-signature-nonce': nonce,
    'x-acs-content-sha256': contentHash,
    ...(credentials.securityToken === undefined ? {} : { 'x-acs-security-token': credentials.securityToken }),
  });
  if (!fields.get('host')) {
    throw new SigningInputError('headers.host', 'must be there, because it is signed');
  }
  const signedHeaders = [...fields.keys()].filter((name) => name.startsWith('x-acs-') || ALSO_SIGNED.has(name)).sort();
  const canonicalRequest = acs3CanonicalRequest(request, fields, signedHeaders, contentHash);
  const stringToSign = acs3StringToSign(canonicalRequest);
  const signature = acs3Signature(credentials.accessKeySecret, stringToSign);
  const members = `Credential=${credentials.accessKeyId},SignedHeaders=${signedHeaders.join(';')},Signature=${signature}`;
  const headers = { ...Object.fromEntries(fields), authorization: `${ACS3_ALGORITHM} ${members}` };
  return { headers, canonicalRequest, stringToSign };
}
