import type { Refusal } from '../verification.ts';
import type { CredentialScope } from './credential-scope.ts';
import { credentialCarriers, type CredentialPlace } from './parse-credential.ts';

/**
 * Refuses a credential of another day than the request's time.
 *
 * OSS: *V4 signatures in presigned URLs*, `x-oss-date` ("the same day as the date of the SigningKey"). The sentence for
 * the header is OSS's own: Android and Swift SDK correct their clocks when they read it.
 */
export function checkSignDate(
  { signDate }: CredentialScope,
  dateTime: string,
  carrier: CredentialPlace,
): Extract<Refusal, { readonly reason: 'malformed' }> | undefined {
  if (dateTime.startsWith(signDate)) {
    return undefined;
  }
  const { field, signDateEc } = credentialCarriers[carrier];
  const where = carrier === 'header' ? 'Authorization header' : field;
  return { ok: false, reason: 'malformed', field, detail: `Invalid signing date in ${where}.`, ec: signDateEc };
}
