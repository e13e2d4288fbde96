import { hash } from 'node:crypto';

/** The name of V4 on the wire: first word of the Authorization header, value of `x-oss-signature-version`. */
export const ALGORITHM = 'OSS4-HMAC-SHA256';

/**
 * The text whose HMAC is the signature.
 *
 * OSS: "StringToSign" of *Include a V4 signature in the header*.
 *
 * @param parts.dateTime the value of `x-oss-date`, `YYYYMMDDTHHMMSSZ`
 * @param parts.scope as {@link credentialScope} gives it
 * @param parts.canonicalRequest as {@link canonicalRequest} gives it
 */
export function stringToSign(parts: {
  readonly dateTime: string;
  readonly scope: string;
  readonly canonicalRequest: string;
}): string {
  return [ALGORITHM, parts.dateTime, parts.scope, hash('sha256', parts.canonicalRequest, 'hex')].join('\n');
}
