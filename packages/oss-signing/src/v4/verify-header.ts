import { checkAccessKey } from '../check-access-key.ts';
import { checkClockSkew } from '../check-clock-skew.ts';
import { formatDateTime, parseDateTime } from '../date-time.ts';
import { parseHttpDate } from '../http-date.ts';
import type { ReceivedRequest } from '../received-request.ts';
import type { Verification, VerifyOptions } from '../verification.ts';
import { checkCredentialScope } from './check-credential-scope.ts';
import { checkSignDate } from './check-sign-date.ts';
import { compareSignature } from './compare-signature.ts';
import { checkHashedPayload } from './hashed-payload.ts';
import { parseAdditionalHeaders } from './parse-additional-headers.ts';
import { parseAuthorization } from './parse-authorization.ts';
import { parseCredential } from './parse-credential.ts';

/**
 * Verifies a V4 signature in the Authorization header: syntax, key, token, time, signature, in that order.
 *
 * OSS: *Include a V4 signature in the header*,
 * https://www.alibabacloud.com/help/en/oss/developer-reference/recommend-to-use-signature-version-4
 */
export function verifyHeaderV4(received: ReceivedRequest, options: VerifyOptions): Verification {
  const parsed = parseAuthorization(received.headers.get('authorization') ?? '');
  if (!parsed.ok) {
    return parsed;
  }
  const credentialParsed = parseCredential(parsed.authorization.credential, 'header');
  if (!credentialParsed.ok) {
    return credentialParsed;
  }
  const additionalHeaders = parseAdditionalHeaders(parsed.authorization.additionalHeaders, received, 'header');
  if (!additionalHeaders.ok) {
    return additionalHeaders;
  }
  const { accessKeyId, ...scope } = credentialParsed.credential;
  const outOfScope = checkCredentialScope(scope, options) ?? checkHashedPayload(received, 'header');
  if (outOfScope !== undefined) {
    return outOfScope;
  }

  const securityToken = received.headers.get('x-oss-security-token');
  const key = checkAccessKey({ accessKeyId, securityToken, version: 'V4', carrier: 'header' }, options);
  if (!key.ok) {
    return key;
  }

  const dateTime = received.headers.get('x-oss-date') ?? received.headers.get('date');
  const requestTime = readRequestTime(received);
  if (dateTime === undefined || requestTime === undefined) {
    const ec = dateTime === undefined ? '0002-00000503' : '0002-00000502';
    return { ok: false, reason: 'invalid-date', value: dateTime, ec };
  }
  const badTime =
    checkSignDate(scope, formatDateTime(requestTime), 'header') ?? checkClockSkew(requestTime, options.now);
  if (badTime !== undefined) {
    return badTime;
  }

  return compareSignature(received, {
    credentials: key.credentials,
    scope,
    dateTime,
    additionalHeaders: additionalHeaders.names,
    signatureProvided: parsed.authorization.signature,
    carrier: 'header',
  });
}

/**
 * `x-oss-date`, or without it `Date`. There the Android SDK has the ISO time (OSSV4Signer), although EC 0002-00000502 forbids
 * it, and the Go SDK v1 the format of HTTP, which is what it signs (auth.go).
 */
function readRequestTime({ headers }: ReceivedRequest): Date | undefined {
  const ossDate = headers.get('x-oss-date');
  if (ossDate !== undefined) {
    return parseDateTime(ossDate);
  }
  const date = headers.get('date') ?? '';
  return parseDateTime(date) ?? parseHttpDate(date);
}
