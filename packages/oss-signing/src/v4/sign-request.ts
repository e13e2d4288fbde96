import { assertCredentials, type Credentials } from '../credentials.ts';
import { assertSigningTime } from '../assert-signing-time.ts';
import { formatDateTime } from '../date-time.ts';
import { headerFields } from '../header-fields.ts';
import type { SignableRequest } from '../signable-request.ts';
import type { SignedRequest } from '../signed-request.ts';
import { chooseAdditionalHeaders } from './additional-headers.ts';
import { assertRegion } from './assert-region.ts';
import { computeSignature } from './compute-signature.ts';
import { credentialScope, DEFAULT_PRODUCT } from './credential-scope.ts';
import { UNSIGNED_PAYLOAD } from './hashed-payload.ts';
import { ALGORITHM } from './string-to-sign.ts';

/** What a V4 signature needs beside the request. */
export interface SignV4Options {
  readonly credentials: Credentials;
  /** Plain region ID, `cn-hangzhou`. */
  readonly region: string;
  /** `oss` unless given; `oss-cloudbox` for cloud boxes, whose id is then the region. */
  readonly product?: string | undefined;
  /** The time of the request. OSS refuses it when its own clock is 15 minutes off. */
  readonly now: Date;
  /** Headers to sign beside the default ones, any case; those that the request does not have are left out. */
  readonly additionalHeaders?: readonly string[] | undefined;
}

/**
 * Signs a request with V4 in the Authorization header.
 *
 * OSS: *Include a V4 signature in the header*,
 * https://www.alibabacloud.com/help/en/oss/developer-reference/recommend-to-use-signature-version-4
 *
 * @returns the headers to send: yours, and `authorization`, `x-oss-date`, `x-oss-content-sha256`, for temporary keys
 * `x-oss-security-token`; names in lower case
 * @throws {SigningInputError} for credentials, a region or a time that OSS could only refuse
 */
export function signRequestV4(request: SignableRequest, options: SignV4Options): SignedRequest {
  const { credentials, region, product = DEFAULT_PRODUCT, now } = options;
  assertCredentials(credentials);
  assertRegion(region);
  assertSigningTime(now);

  const dateTime = formatDateTime(now);
  const scope = { signDate: dateTime.slice(0, 8), region, product };

  const fields = headerFields(request.headers);
  // An earlier signature must not become an additional header of this one.
  fields.delete('authorization');
  fields.set('x-oss-date', dateTime).set('x-oss-content-sha256', UNSIGNED_PAYLOAD);
  if (credentials.securityToken !== undefined) {
    fields.set('x-oss-security-token', credentials.securityToken);
  }
  const headers = Object.fromEntries(fields);
  const additionalHeaders = chooseAdditionalHeaders(options.additionalHeaders, headers);

  const { signature, ...texts } = computeSignature({
    request: { ...request, headers },
    additionalHeaders,
    dateTime,
    scope,
    accessKeySecret: credentials.accessKeySecret,
  });

  const members = [
    `Credential=${credentials.accessKeyId}/${credentialScope(scope)}`,
    // An empty member is an error (EC 0002-00000209), so there is none without additional headers.
    ...(additionalHeaders.length > 0 ? [`AdditionalHeaders=${additionalHeaders.join(';')}`] : []),
    `Signature=${signature}`,
  ];
  return { headers: { ...headers, authorization: `${ALGORITHM} ${members.join(',')}` }, ...texts };
}
