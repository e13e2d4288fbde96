import { explainSignatureMismatch } from './mismatch/explain-signature-mismatch.ts';
import { receiveRequest } from './received-request.ts';
import type { SignableRequest } from './signable-request.ts';
import { signatureVersions } from './signature-versions.ts';
import type { Verification, VerifyOptions } from './verification.ts';

/**
 * Decides who signed a request, if anybody did: finds the version and carrier by {@link signatureVersions} and lets that
 * row verify it. Whatever a stranger puts into a request comes back as a refusal; nothing throws but your
 * `findCredentials`.
 *
 * Give it the request as it came: path and query split at the raw target and percent-decoded once, header values
 * decoded as UTF-8, nothing collapsed, sorted or dropped.
 */
export function verifyRequest(request: SignableRequest, options: VerifyOptions): Verification {
  const received = receiveRequest(request);
  const claimant = signatureVersions.find((row) => row.claims(received));
  const isInHeader = received.headers.has('authorization');
  const isInQuery = signatureVersions.some((row) => row.carrier === 'query' && row.claims(received));
  if (isInHeader && isInQuery) {
    return { ok: false, reason: 'header-and-query' };
  }
  if (claimant !== undefined) {
    return explainMismatch(claimant.verify(received, options), options);
  }
  if (isInHeader) {
    const detail = 'Authorization must begin with OSS4-HMAC-SHA256 or OSS.';
    return { ok: false, reason: 'malformed', field: 'Authorization', detail, ec: '0002-00000061' };
  }
  return { ok: false, reason: 'unsigned' };
}

function explainMismatch(verification: Verification, { signedByClient }: VerifyOptions): Verification {
  return signedByClient === undefined || verification.ok || verification.reason !== 'signature-mismatch'
    ? verification
    : { ...verification, explanation: explainSignatureMismatch(signedByClient, verification) };
}
