import { createHash, createPublicKey } from 'node:crypto';

/**
 * `sha256:` and the SHA-256 of the key's SubjectPublicKeyInfo in hex, as
 * `openssl pkey -pubin -in key.pem -outform DER | sha256sum` prints it.
 *
 * @returns `undefined` when the PEM text is no RSA public key
 */
export function publicKeyFingerprint(pem: string): string | undefined {
  try {
    const key = createPublicKey(pem);
    const der = key.export({ type: 'spki', format: 'der' });
    return key.asymmetricKeyType === 'rsa' ? `sha256:${createHash('sha256').update(der).digest('hex')}` : undefined;
  } catch {
    return undefined;
  }
}
