import { checkAccessKey } from '../check-access-key.ts';
import { checkRequiredParameters, type RequiredParameter } from '../check-required-parameters.ts';
import { parseDateTime } from '../date-time.ts';
import type { ReceivedRequest } from '../received-request.ts';
import type { Verification, VerifyOptions } from '../verification.ts';
import { checkCredentialScope } from './check-credential-scope.ts';
import { checkSignDate } from './check-sign-date.ts';
import { compareSignature } from './compare-signature.ts';
import { checkValidity, parseExpires } from './expires.ts';
import { checkHashedPayload } from './hashed-payload.ts';
import { parseAdditionalHeaders } from './parse-additional-headers.ts';
import { parseCredential } from './parse-credential.ts';

const requiredParameters: readonly RequiredParameter[] = [
  { name: 'x-oss-signature-version' },
  { name: 'x-oss-credential', missingEc: '0002-00000217', emptyEc: '0002-00000218' },
  { name: 'x-oss-date' },
  { name: 'x-oss-expires', missingEc: '0002-00000215', emptyEc: '0002-00000216' },
  { name: 'x-oss-signature', missingEc: '0002-00000219', emptyEc: '0002-00000220' },
];

/**
 * Verifies a V4 presigned URL: syntax, key, token, validity, signature, in that order.
 *
 * OSS: *V4 signatures in presigned URLs*,
 * https://www.alibabacloud.com/help/en/oss/developer-reference/add-signatures-to-urls
 */
export function verifyQueryV4(received: ReceivedRequest, options: VerifyOptions): Verification {
  const incomplete = checkRequiredParameters(received, requiredParameters, 'V4');
  if (incomplete !== undefined) {
    return incomplete;
  }
  const parameter = (name: string): string => received.parameters.get(name) ?? '';

  const parsed = parseCredential(parameter('x-oss-credential'), 'query');
  if (!parsed.ok) {
    return parsed;
  }
  const listed = received.parameters.get('x-oss-additional-headers');
  const additionalHeaders = parseAdditionalHeaders(listed, received, 'query');
  if (!additionalHeaders.ok) {
    return additionalHeaders;
  }
  const { accessKeyId, ...scope } = parsed.credential;
  const outOfScope = checkCredentialScope(scope, options) ?? checkHashedPayload(received, 'query');
  if (outOfScope !== undefined) {
    return outOfScope;
  }
  const expires = parseExpires(parameter('x-oss-expires'));
  if (!expires.ok) {
    return expires;
  }

  const securityToken = received.parameters.get('x-oss-security-token');
  const key = checkAccessKey({ accessKeyId, securityToken, version: 'V4', carrier: 'query' }, options);
  if (!key.ok) {
    return key;
  }

  const dateTime = parameter('x-oss-date');
  const validFrom = parseDateTime(dateTime);
  if (validFrom === undefined) {
    return { ok: false, reason: 'invalid-date', value: dateTime, ec: '0002-00000502' };
  }
  const badTime = checkSignDate(scope, dateTime, 'query') ?? checkValidity(validFrom, expires.seconds, options.now);
  if (badTime !== undefined) {
    return badTime;
  }

  return compareSignature(received, {
    credentials: key.credentials,
    scope,
    dateTime,
    additionalHeaders: additionalHeaders.names,
    signatureProvided: parameter('x-oss-signature'),
    carrier: 'query',
  });
}
