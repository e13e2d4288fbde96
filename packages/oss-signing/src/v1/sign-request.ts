import { assertCredentials, type Credentials } from '../credentials.ts';
import { assertSigningTime } from '../assert-signing-time.ts';
import { headerFields } from '../header-fields.ts';
import { formatHttpDate } from '../http-date.ts';
import type { SignableRequest } from '../signable-request.ts';
import type { SignedRequest } from '../signed-request.ts';
import { signatureV1 } from './signature.ts';
import { stringToSignV1 } from './string-to-sign.ts';

/** What a V1 signature needs beside the request. */
export interface SignV1Options {
  readonly credentials: Credentials;
  /** The time of the request. OSS refuses it when its own clock is 15 minutes off. */
  readonly now: Date;
}

/**
 * Signs a request with V1 in the Authorization header. The time travels as `x-oss-date`, in the format of `Date`, as
 * ali-oss sends it: programs in browsers cannot set `Date`.
 *
 * OSS: *Include a V1 signature in the Authorization header*,
 * https://www.alibabacloud.com/help/en/oss/developer-reference/include-signatures-in-the-authorization-header
 *
 * @returns the headers to send: yours, and `authorization`, `x-oss-date`, for temporary keys `x-oss-security-token`;
 * names in lower case
 * @throws {SigningInputError} for credentials or a time that OSS could only refuse
 */
export function signRequestV1(request: SignableRequest, options: SignV1Options): SignedRequest {
  const { credentials, now } = options;
  assertCredentials(credentials);
  assertSigningTime(now);

  const date = formatHttpDate(now);
  const fields = headerFields(request.headers);
  fields.set('x-oss-date', date);
  if (credentials.securityToken !== undefined) {
    fields.set('x-oss-security-token', credentials.securityToken);
  }
  const headers = Object.fromEntries(fields);

  const text = stringToSignV1({ ...request, headers }, date);
  const signature = signatureV1(credentials.accessKeySecret, text);
  return {
    headers: { ...headers, authorization: `OSS ${credentials.accessKeyId}:${signature}` },
    stringToSign: text,
  };
}
