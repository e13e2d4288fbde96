import type { ReceivedRequest } from '../received-request.ts';
import type { Refusal, SignatureCarrier } from '../verification.ts';

/**
 * The last line of the canonical request and the value of `x-oss-content-sha256`. OSS takes no other: the body is never
 * part of the signature, Content-MD5 is what protects it.
 *
 * OSS: "Hashed PayLoad" of *Include a V4 signature in the header*; EC 0002-00000214.
 */
export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/** Refuses an `x-oss-content-sha256` header with any other value, and its absence except in a presigned URL. */
export function checkHashedPayload(received: ReceivedRequest, carrier: SignatureCarrier): Refusal | undefined {
  const hashedPayload = received.headers.get('x-oss-content-sha256');
  if (hashedPayload === UNSIGNED_PAYLOAD || (hashedPayload === undefined && carrier === 'query')) {
    return undefined;
  }
  if (hashedPayload === undefined) {
    return { ok: false, reason: 'missing-parameter', parameter: 'x-oss-content-sha256', carrier, version: 'V4' };
  }
  return {
    ok: false,
    reason: 'malformed',
    field: 'x-oss-content-sha256',
    detail: 'The x-oss-content-sha256 header must be UNSIGNED-PAYLOAD.',
    ec: '0002-00000214',
  };
}
