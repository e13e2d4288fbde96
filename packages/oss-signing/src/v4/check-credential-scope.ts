import type { Refusal, VerifyOptions } from '../verification.ts';
import { DEFAULT_PRODUCT, type CredentialScope } from './credential-scope.ts';

/**
 * Refuses a credential for another product or region. The product comes first: when both are wrong, OSS reports the
 * product (Java SDK, SignTest: EC 0002-00000227 before 0002-00000226).
 */
export function checkCredentialScope(
  scope: CredentialScope,
  options: VerifyOptions,
): Extract<Refusal, { readonly reason: 'wrong-product' | 'wrong-region' }> | undefined {
  const expected = options.product ?? DEFAULT_PRODUCT;
  if (scope.product !== expected) {
    return { ok: false, reason: 'wrong-product', expected, provided: scope.product, ec: '0002-00000227' };
  }
  if (scope.region !== options.region) {
    return {
      ok: false,
      reason: 'wrong-region',
      expected: options.region,
      provided: scope.region,
      ec: '0002-00000226',
    };
  }
  return undefined;
}
