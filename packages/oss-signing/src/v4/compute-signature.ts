import { createHmac } from 'node:crypto';
import type { SignableRequest } from '../signable-request.ts';
import { canonicalRequest } from './canonical-request.ts';
import { credentialScope, type CredentialScope } from './credential-scope.ts';
import { cachedSigningKey } from './signing-key.ts';
import { stringToSign } from './string-to-sign.ts';

/** A signature with the texts it was made from. */
export interface ComputedSignature {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  /** 64 lower-case hexadecimal digits. */
  readonly signature: string;
}

/**
 * The algorithm of V4 in one place: canonical request → string to sign → signing key → signature. Signing and
 * verifying, header and URL, differ only in what they put in and where they put what comes out.
 *
 * OSS: "Signature" of *Include a V4 signature in the header*.
 */
export function computeSignature(input: {
  readonly request: SignableRequest;
  readonly additionalHeaders: readonly string[];
  readonly dateTime: string;
  readonly scope: CredentialScope;
  readonly accessKeySecret: string;
}): ComputedSignature {
  const canonical = canonicalRequest(input.request, input.additionalHeaders);
  const text = stringToSign({
    dateTime: input.dateTime,
    scope: credentialScope(input.scope),
    canonicalRequest: canonical,
  });
  const key = cachedSigningKey(input.accessKeySecret, input.scope);
  const signature = createHmac('sha256', key).update(text).digest('hex');
  return { canonicalRequest: canonical, stringToSign: text, signature };
}
