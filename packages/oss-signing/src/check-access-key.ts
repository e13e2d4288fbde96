import type { Credentials } from './credentials.ts';
import { equalInConstantTime } from './equal-in-constant-time.ts';
import type { Refusal, SignatureCarrier, SignatureVersion, VerifyOptions } from './verification.ts';

/**
 * Looks up the key that a request names, and refuses a temporary key without its token, with another one, and a
 * permanent key that comes with a token.
 *
 * OSS: InvalidAccessKeyId and InvalidSecurityToken of the 403 page. That the token must be *this key's* is
 * AccessKeyIdAndSecurityTokenNotMatch there.
 *
 * @param claim.securityToken the token of the request; an empty one counts as absent, as SDKs treat it
 */
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
  const credentials = options.findCredentials(accessKeyId);
  // A look-up in a plain object finds `constructor` too, and an empty secret would let everybody sign: neither is a key.
  if (credentials === undefined || credentials.accessKeyId !== accessKeyId || !credentials.accessKeySecret) {
    return { ok: false, reason: 'unknown-access-key', accessKeyId, ec: '0002-00000902' };
  }
  const provided = claim.securityToken ?? '';
  if (equalInConstantTime(provided, credentials.securityToken ?? '')) {
    return { ok: true, credentials };
  }
  const reason = provided === '' ? 'security-token-missing' : 'security-token-invalid';
  return { ok: false, reason, accessKeyId, version, carrier };
}
