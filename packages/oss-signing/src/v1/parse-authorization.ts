import { isAccessKeyId } from '../credentials.ts';
import type { Refusal } from '../verification.ts';

/** The two parts of a V1 Authorization header. */
export interface AuthorizationV1 {
  readonly accessKeyId: string;
  readonly signature: string;
}

/**
 * Reads `OSS <AccessKeyId>:<Signature>`.
 *
 * OSS: *Include a V1 signature in the Authorization header*; EC 0002-00000062 to 0002-00000065.
 */
export function parseAuthorizationV1(
  header: string,
): { readonly ok: true; readonly authorization: AuthorizationV1 } | Refusal {
  const text = header.slice('OSS '.length);
  const colon = text.indexOf(':');
  const accessKeyId = text.slice(0, Math.max(colon, 0));
  const signature = text.slice(colon + 1);
  if (colon < 0) {
    const detail = 'Authorization must be OSS <AccessKeyId>:<Signature>.';
    return { ok: false, reason: 'malformed', field: 'Authorization', detail, ec: '0002-00000062' };
  }
  if (accessKeyId.trim() === '') {
    const parameter = 'AccessKeyId';
    return { ok: false, reason: 'missing-parameter', parameter, carrier: 'header', version: 'V1', ec: '0002-00000063' };
  }
  if (!isAccessKeyId(accessKeyId)) {
    const detail = 'The AccessKeyId has characters that no AccessKey ID has.';
    return { ok: false, reason: 'malformed', field: 'Authorization', detail, ec: '0002-00000064' };
  }
  if (signature === '') {
    const parameter = 'Signature';
    return { ok: false, reason: 'missing-parameter', parameter, carrier: 'header', version: 'V1', ec: '0002-00000065' };
  }
  return { ok: true, authorization: { accessKeyId, signature } };
}
