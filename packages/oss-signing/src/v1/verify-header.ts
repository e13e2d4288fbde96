import { checkAccessKey } from '../check-access-key.ts';
import { checkClockSkew } from '../check-clock-skew.ts';
import { parseDateTime } from '../date-time.ts';
import { parseHttpDate } from '../http-date.ts';
import type { ReceivedRequest } from '../received-request.ts';
import type { Verification, VerifyOptions } from '../verification.ts';
import { compareSignatureV1 } from './compare-signature.ts';
import { parseAuthorizationV1 } from './parse-authorization.ts';

/**
 * Verifies a V1 signature in the Authorization header: syntax, key, token, time, signature, in that order.
 *
 * OSS: *Include a V1 signature in the Authorization header*,
 * https://www.alibabacloud.com/help/en/oss/developer-reference/include-signatures-in-the-authorization-header
 */
export function verifyHeaderV1(received: ReceivedRequest, options: VerifyOptions): Verification {
  const parsed = parseAuthorizationV1(received.headers.get('authorization') ?? '');
  if (!parsed.ok) {
    return parsed;
  }
  const { accessKeyId, signature } = parsed.authorization;

  const securityToken = received.headers.get('x-oss-security-token');
  const key = checkAccessKey({ accessKeyId, securityToken, version: 'V1', carrier: 'header' }, options);
  if (!key.ok) {
    return key;
  }

  // ali-oss sends `x-oss-date` alone, in the format of `Date`; EC 0002-00000505 names the ISO format. Both are taken.
  const date = received.headers.get('x-oss-date') ?? received.headers.get('date');
  const requestTime = date === undefined ? undefined : (parseHttpDate(date) ?? parseDateTime(date));
  if (date === undefined || requestTime === undefined) {
    const ec = date === undefined ? '0002-00000503' : '0002-00000505';
    return { ok: false, reason: 'invalid-date', value: date, ec };
  }
  const skewed = checkClockSkew(requestTime, options.now);
  if (skewed !== undefined) {
    return skewed;
  }

  return compareSignatureV1(received.request, {
    credentials: key.credentials,
    date,
    signatureProvided: signature,
    carrier: 'header',
  });
}
