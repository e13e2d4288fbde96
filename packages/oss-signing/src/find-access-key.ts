import type { Credentials } from './credentials.ts';
import { equalInConstantTime } from './equal-in-constant-time.ts';

/** The key that a request names, or why it may not be used. */
export type FoundAccessKey =
  | { readonly ok: true; readonly credentials: Credentials }
  | {
      readonly ok: false;
      readonly reason: 'unknown-access-key' | 'security-token-missing' | 'security-token-invalid';
    };

/**
 * Looks up the key that a request names, and refuses a temporary key without its token, with another one, and a
 * permanent key that comes with a token.
 *
 * OSS: InvalidAccessKeyId and InvalidSecurityToken of the 403 page. That the token must be *this key's* is
 * AccessKeyIdAndSecurityTokenNotMatch there.
 *
 * @param securityToken the token of the request; an empty one counts as absent, as SDKs treat it
 */
export function findAccessKey(
  accessKeyId: string,
  securityToken: string | undefined,
  findCredentials: (accessKeyId: string) => Credentials | undefined,
): FoundAccessKey {
  const credentials = findCredentials(accessKeyId);
  // A look-up in a plain object finds `constructor` too, and an empty secret would let everybody sign: neither is a key.
  if (credentials === undefined || credentials.accessKeyId !== accessKeyId || !credentials.accessKeySecret) {
    return { ok: false, reason: 'unknown-access-key' };
  }
  const provided = securityToken ?? '';
  if (equalInConstantTime(provided, credentials.securityToken ?? '')) {
    return { ok: true, credentials };
  }
  return { ok: false, reason: provided === '' ? 'security-token-missing' : 'security-token-invalid' };
}
