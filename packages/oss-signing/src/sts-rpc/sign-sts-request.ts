import { assertSigningTime } from '../assert-signing-time.ts';
import { assertCredentials, type Credentials } from '../credentials.ts';
import { SigningInputError } from '../signing-input-error.ts';
import { signatureV1 } from '../v1/signature.ts';
import { stsStringToSign } from './string-to-sign.ts';

/** What an RPC request is signed with. */
export interface SignStsOptions {
  readonly credentials: Credentials;
  readonly now: Date;
  /** A text that no other request has; `crypto.randomUUID()` for instance. */
  readonly nonce: string;
}

/** A signed RPC request. */
export interface SignedStsRequest {
  /** All parameters, for the query of a GET or the form of a POST; `new URLSearchParams(parameters)` writes both. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly stringToSign: string;
}

/**
 * Signs an STS request, RPC style: adds the common parameters and `Signature`, HMAC-SHA1 keyed by the secret and `&`.
 *
 * OSS: "Request signatures" of the STS API reference.
 *
 * @param request.parameters `Action`, `Version` (`2015-04-01` unless given), `RoleArn`, …; may replace the common ones
 * @throws {SigningInputError} for credentials, a time or a nonce that could only be refused
 */
export function signStsRequest(
  request: { readonly method: string; readonly parameters: Readonly<Record<string, string>> },
  { credentials, now, nonce }: SignStsOptions,
): SignedStsRequest {
  assertCredentials(credentials);
  assertSigningTime(now);
  if (nonce === '') {
    throw new SigningInputError('nonce', 'must not be empty');
  }
  const parameters = {
    Format: 'JSON',
    Version: '2015-04-01',
    AccessKeyId: credentials.accessKeyId,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: nonce,
    Timestamp: `${now.toISOString().slice(0, 19)}Z`,
    ...(credentials.securityToken === undefined ? {} : { SecurityToken: credentials.securityToken }),
    ...request.parameters,
  };
  const stringToSign = stsStringToSign(request.method, parameters);
  const signature = signatureV1(`${credentials.accessKeySecret}&`, stringToSign);
  return { parameters: { ...parameters, Signature: signature }, stringToSign };
}
