import { createHmac } from 'node:crypto';
import type { CredentialScope } from '../v4/credential-scope.ts';
import { cachedSigningKey } from '../v4/signing-key.ts';

/**
 * The V4 signature of a form: 64 hexadecimal digits. The string to sign is the field `policy` itself, Base64 as sent.
 * The V1 signature is V1's own over the same text.
 *
 * OSS: *A V4 signature in a PostObject request*,
 * https://www.alibabacloud.com/help/en/oss/developer-reference/signature-version-4-recommend
 */
export function postSignatureV4(accessKeySecret: string, scope: CredentialScope, policyBase64: string): string {
  return createHmac('sha256', cachedSigningKey(accessKeySecret, scope)).update(policyBase64).digest('hex');
}
