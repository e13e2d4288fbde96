import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import { SCOPE_TERMINATOR, type CredentialScope } from './credential-scope.ts';

/**
 * The key that signs for one secret, day, region and product: four HMACs, each keyed by the one before.
 *
 * OSS: "SigningKey" of *Include a V4 signature in the header*.
 */
export function signingKey(accessKeySecret: string, { signDate, region, product }: CredentialScope): Buffer {
  const dateKey = hmacSha256(`aliyun_v4${accessKeySecret}`, signDate);
  const dateRegionKey = hmacSha256(dateKey, region);
  const dateRegionProductKey = hmacSha256(dateRegionKey, product);
  return hmacSha256(dateRegionProductKey, SCOPE_TERMINATOR);
}

function hmacSha256(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

const MAX_CACHED_KEYS = 64;
const cachedKeys = new Map<string, KeyObject>();

/**
 * {@link signingKey}, remembered: a key lives as long as its day, and deriving it costs more than all other steps of a
 * signature together. The cache holds the last 64 keys and names them by a hash, so that it never holds a secret.
 */
export function cachedSigningKey(accessKeySecret: string, scope: CredentialScope): KeyObject {
  const name = hash('sha256', [accessKeySecret, scope.signDate, scope.region, scope.product].join('\n'), 'base64');
  const cached = cachedKeys.get(name);
  if (cached !== undefined) {
    return cached;
  }
  const key = createSecretKey(signingKey(accessKeySecret, scope));
  const oldest = cachedKeys.keys().next();
  if (cachedKeys.size >= MAX_CACHED_KEYS && !oldest.done) {
    cachedKeys.delete(oldest.value);
  }
  cachedKeys.set(name, key);
  return key;
}
