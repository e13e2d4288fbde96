import type { Credentials } from './credentials.ts';
import { findAccessKey } from './find-access-key.ts';
import type { Refusal, SignatureCarrier, SignatureVersion, VerifyOptions } from './verification.ts';

/** {@link findAccessKey} for a request in header or query, refused as {@link Refusal} puts it. */
export function checkAccessKey(
  claim: {
    readonly accessKeyId: string;
    readonly securityToken: string | undefined;
    readonly version: SignatureVersion;
    readonly carrier: SignatureCarrier;
  },
  options: VerifyOptions,
): { readonly ok: true; readonly credentials: Credentials } | Refusal {
  const { accessKeyId, version, carrier } = claim;
  const found = findAccessKey(accessKeyId, claim.securityToken, options.findCredentials);
  if (found.ok) {
    return found;
  }
  const { reason } = found;
  return reason === 'unknown-access-key'
    ? { ok: false, reason, accessKeyId, ec: '0002-00000902' }
    : { ok: false, reason, accessKeyId, version, carrier };
}
