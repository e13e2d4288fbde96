import { assertCredentials } from '../credentials.ts';
import { assertSigningTime } from '../assert-signing-time.ts';
import { objectUrl, type ObjectAddress } from '../object-url.ts';
import { queryEntries } from '../query-entries.ts';
import type { SignableRequest } from '../signable-request.ts';
import { SigningInputError } from '../signing-input-error.ts';
import type { SignV1Options } from './sign-request.ts';
import { signatureV1 } from './signature.ts';
import { stringToSignV1 } from './string-to-sign.ts';

/** What a V1 presigned URL is made from. */
export interface PresignV1Options extends SignV1Options, ObjectAddress {
  /** HTTP verb the URL is good for. */
  readonly method: string;
  readonly bucket: string;
  /** The `content-type`, `content-md5` and `x-oss-*` headers that the request will have: exactly these. */
  readonly headers?: SignableRequest['headers'];
  /** Validity in seconds, a whole number from 1. */
  readonly expiresIn: number;
}

/** A V1 presigned URL and the text it was made from. */
export interface PresignedUrlV1 {
  readonly url: string;
  readonly stringToSign: string;
  readonly expiresAt: Date;
}

/** The parameters of the signature itself; a caller's parameter of the same name would be one too many. */
const SIGNATURE_PARAMETERS = ['OSSAccessKeyId', 'Expires', 'Signature', 'security-token'];

/**
 * Makes a URL that carries its V1 signature. Prefer {@link presignUrl} (V4) unless a server only knows V1.
 *
 * OSS: *Include a V1 signature in a URL*,
 * https://www.alibabacloud.com/help/en/oss/developer-reference/ddd-signatures-to-urls
 *
 * @throws {SigningInputError} when `expiresIn` is not a whole number of at least 1, when `query` has a parameter of the
 * signature, and for credentials, a time or an address that OSS could only refuse
 */
export function presignUrlV1(options: PresignV1Options): PresignedUrlV1 {
  const { method, bucket, key, headers, credentials, now, expiresIn } = options;
  assertCredentials(credentials);
  assertSigningTime(now);
  if (!Number.isSafeInteger(expiresIn) || expiresIn < 1) {
    throw new SigningInputError('expiresIn', 'must be a whole number of seconds, at least 1');
  }
  const ownQuery = queryEntries(options.query);
  if (ownQuery.some(([name]) => SIGNATURE_PARAMETERS.includes(name))) {
    throw new SigningInputError('query', 'must not contain the parameters of the signature');
  }

  const expires = Math.floor(now.getTime() / 1000) + expiresIn;
  const query = [...ownQuery];
  if (credentials.securityToken !== undefined) {
    query.push(['security-token', credentials.securityToken]);
  }
  const text = stringToSignV1({ method, bucket, key, query, headers }, String(expires));
  const url = objectUrl({
    ...options,
    query: [
      ['OSSAccessKeyId', credentials.accessKeyId],
      ['Expires', String(expires)],
      ['Signature', signatureV1(credentials.accessKeySecret, text)],
      ...query,
    ],
  });
  return { url, stringToSign: text, expiresAt: new Date(expires * 1000) };
}
