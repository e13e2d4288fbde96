import { assertCredentials } from '../credentials.ts';
import { assertSigningTime } from '../assert-signing-time.ts';
import { formatDateTime } from '../date-time.ts';
import { headerFields } from '../header-fields.ts';
import { objectUrl, type ObjectAddress } from '../object-url.ts';
import { queryEntries } from '../query-entries.ts';
import type { SignableRequest } from '../signable-request.ts';
import { SigningInputError } from '../signing-input-error.ts';
import { chooseAdditionalHeaders } from './additional-headers.ts';
import { assertRegion } from './assert-region.ts';
import { canonicalQueryString } from './canonical-query-string.ts';
import { computeSignature } from './compute-signature.ts';
import { credentialScope, DEFAULT_PRODUCT } from './credential-scope.ts';
import { MAX_EXPIRES_SECONDS } from './expires.ts';
import type { SignV4Options } from './sign-request.ts';
import { ALGORITHM } from './string-to-sign.ts';

/** What a presigned URL is made from; `query` may hold `callback`, `callback-var`, sub-resources, anything but a signature. */
export interface PresignOptions extends SignV4Options, ObjectAddress {
  /** HTTP verb the URL is good for. */
  readonly method: string;
  readonly bucket: string;
  /** The `content-type`, `content-md5` and `x-oss-*` headers that the request will have: exactly these. */
  readonly headers?: SignableRequest['headers'];
  /** Validity in seconds, a whole number from 1 to 604800 (seven days). */
  readonly expiresIn: number;
}

/** A V4 presigned URL and the texts it was made from. */
export interface PresignedUrl {
  readonly url: string;
  readonly stringToSign: string;
  readonly canonicalRequest: string;
  readonly expiresAt: Date;
}

/** The parameters of the signature itself; a caller's parameter of the same name would be one too many. */
const SIGNATURE_PARAMETER =
  /^x-oss-(?:signature|signature-version|credential|date|expires|additional-headers|security-token)$/;

/**
 * Makes a URL that carries its V4 signature, for someone who has no key: a browser, a phone, `curl`.
 *
 * OSS: *V4 signatures in presigned URLs*,
 * https://www.alibabacloud.com/help/en/oss/developer-reference/add-signatures-to-urls
 *
 * @throws {SigningInputError} when `expiresIn` is not a whole number from 1 to 604800, when `query` has a parameter of
 * the signature, and for credentials, a region, a time or an address that OSS could only refuse
 */
export function presignUrl(options: PresignOptions): PresignedUrl {
  const { method, bucket, key, credentials, region, product = DEFAULT_PRODUCT, now, expiresIn } = options;
  assertCredentials(credentials);
  assertRegion(region);
  assertSigningTime(now);
  if (!Number.isInteger(expiresIn) || expiresIn < 1 || expiresIn > MAX_EXPIRES_SECONDS) {
    throw new SigningInputError('expiresIn', `must be a whole number of seconds from 1 to ${MAX_EXPIRES_SECONDS}`);
  }
  const ownQuery = queryEntries(options.query);
  if (ownQuery.some(([name]) => SIGNATURE_PARAMETER.test(name))) {
    throw new SigningInputError('query', 'must not contain the parameters of the signature');
  }

  const url = objectUrl({ ...options, query: undefined });
  const dateTime = formatDateTime(now);
  const scope = { signDate: dateTime.slice(0, 8), region, product };
  const headers = withHost(options.headers, new URL(url).host);
  const additionalHeaders = chooseAdditionalHeaders(options.additionalHeaders, headers);

  const query = [
    ...ownQuery,
    ['x-oss-signature-version', ALGORITHM] as const,
    ['x-oss-credential', `${credentials.accessKeyId}/${credentialScope(scope)}`] as const,
    ['x-oss-date', dateTime] as const,
    ['x-oss-expires', String(expiresIn)] as const,
  ];
  if (additionalHeaders.length > 0) {
    query.push(['x-oss-additional-headers', additionalHeaders.join(';')]);
  }
  if (credentials.securityToken !== undefined) {
    query.push(['x-oss-security-token', credentials.securityToken]);
  }

  const { signature, ...texts } = computeSignature({
    request: { method, bucket, key, query, headers },
    additionalHeaders,
    dateTime,
    scope,
    accessKeySecret: credentials.accessKeySecret,
  });
  return {
    // The canonical query string is a query string: what is sent is what was signed.
    url: `${url}?${canonicalQueryString(query)}&x-oss-signature=${signature}`,
    ...texts,
    expiresAt: new Date((Math.floor(now.getTime() / 1000) + expiresIn) * 1000),
  };
}

/** `host` may be signed as an additional header, and only the URL knows it. */
function withHost(headers: SignableRequest['headers'], host: string): Record<string, string> {
  const fields = headerFields(headers);
  return Object.fromEntries(fields.has('host') ? fields : fields.set('host', host));
}
