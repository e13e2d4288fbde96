import { checkAccessKey } from '../check-access-key.ts';
import { checkRequiredParameters, type RequiredParameter } from '../check-required-parameters.ts';
import { isAccessKeyId } from '../credentials.ts';
import type { ReceivedRequest } from '../received-request.ts';
import type { Verification, VerifyOptions } from '../verification.ts';
import { compareSignatureV1 } from './compare-signature.ts';

const requiredParameters: readonly RequiredParameter[] = [
  { name: 'OSSAccessKeyId', missingEc: '0002-00000071' },
  { name: 'Expires', missingEc: '0002-00000067', emptyEc: '0002-00000068' },
  { name: 'Signature', missingEc: '0002-00000074' },
];

/**
 * Verifies a V1 presigned URL: syntax, key, token, expiry, signature, in that order. The token must be in the query too:
 * one in a header is not looked at.
 *
 * OSS: *Include a V1 signature in a URL*,
 * https://www.alibabacloud.com/help/en/oss/developer-reference/ddd-signatures-to-urls
 */
export function verifyQueryV1(received: ReceivedRequest, options: VerifyOptions): Verification {
  const incomplete = checkRequiredParameters(received, requiredParameters, 'V1');
  if (incomplete !== undefined) {
    return incomplete;
  }
  const parameter = (name: string): string => received.parameters.get(name) ?? '';

  const accessKeyId = parameter('OSSAccessKeyId');
  if (!isAccessKeyId(accessKeyId)) {
    const detail = 'The OSSAccessKeyId has characters that no AccessKey ID has.';
    return { ok: false, reason: 'malformed', field: 'OSSAccessKeyId', detail, ec: '0002-00000073' };
  }
  const expires = parameter('Expires');
  if (!/^\d+$/.test(expires)) {
    return { ok: false, reason: 'invalid-expires', value: expires, ec: '0002-00000070' };
  }

  const securityToken = received.parameters.get('security-token');
  const key = checkAccessKey({ accessKeyId, securityToken, version: 'V1', carrier: 'query' }, options);
  if (!key.ok) {
    return key;
  }

  // Unix seconds, without an upper limit. Written so that NaN, the time of an invalid `now`, is refused.
  const expiresMs = Number(expires) * 1000;
  if (!(options.now.getTime() <= expiresMs)) {
    return { ok: false, reason: 'expired', expiresAt: new Date(expiresMs), ec: '0002-00000069' };
  }

  return compareSignatureV1(received.request, {
    credentials: key.credentials,
    date: expires,
    signatureProvided: parameter('Signature'),
    carrier: 'query',
  });
}
