import { type KeyObject, createVerify } from 'node:crypto';

import type { PinnedKey } from './pinned-key.ts';
import { verifyPkcs1Md5 } from './pkcs1-signature.ts';

/** RSASSA-PKCS1-v1_5 with MD5, proven on published callbacks. */
export const CALLBACK_HASH = 'md5';

/** Who does the mathematics of a signature check: the runtime, or this package in BigInt. */
export type SignatureImplementation = 'node-crypto' | 'bigint';

/**
 * Verifies with `node:crypto`, or in BigInt where the runtime refuses the key or MD5 (FIPS builds, security levels).
 * `node:crypto` throws for what it does not support and answers `false` for a signature that does not fit, so a hostile
 * signature cannot choose the slower path.
 *
 * @param implementation forces one of the two; one that cannot read the key verifies nothing
 * @param nodeVerify stands for `node:crypto`, so that a test can refuse
 */
export function verifyRsaMd5(
  key: PinnedKey,
  data: Uint8Array,
  signature: Uint8Array,
  implementation?: SignatureImplementation,
  nodeVerify: (hash: string, data: Uint8Array, key: KeyObject, signature: Uint8Array) => boolean = verifyWithNode,
): boolean {
  const { nodeKey, rsaKey } = key;
  if (implementation !== 'bigint' && nodeKey !== undefined) {
    try {
      return nodeVerify(CALLBACK_HASH, data, nodeKey, signature);
    } catch {
      // Falls through: this runtime cannot.
    }
  }
  return implementation !== 'node-crypto' && rsaKey !== undefined && verifyPkcs1Md5(rsaKey, data, signature);
}

/** The same as `crypto.verify`, which takes a tenth longer for texts as short as callbacks. */
function verifyWithNode(hash: string, data: Uint8Array, key: KeyObject, signature: Uint8Array): boolean {
  return createVerify(hash).update(data).verify(key, signature);
}
