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
 * @param data the signed bytes, in as many parts as they come in
 * @param implementation forces one of the two; one that cannot read the key verifies nothing
 * @param nodeVerify stands for `node:crypto`, so that a test can refuse
 */
export function verifyRsaMd5(
  key: PinnedKey,
  data: readonly Uint8Array[],
  signature: Uint8Array,
  implementation?: SignatureImplementation,
  nodeVerify: typeof verifyWithNode = verifyWithNode,
): boolean {
  const { nodeKey, rsaKey } = key;
  if (implementation !== 'bigint' && nodeKey !== undefined) {
    try {
      return nodeVerify(CALLBACK_HASH, data, nodeKey, signature);
    } catch {
      // Falls through: this runtime cannot.
    }
  }
  return (
    implementation !== 'node-crypto' && rsaKey !== undefined && verifyPkcs1Md5(rsaKey, Buffer.concat(data), signature)
  );
}

/** For texts as short as callbacks a tenth quicker than `crypto.verify`, and long bodies need not be copied. */
function verifyWithNode(hash: string, data: readonly Uint8Array[], key: KeyObject, signature: Uint8Array): boolean {
  const verification = createVerify(hash);
  for (const part of data) {
    verification.update(part);
  }
  return verification.verify(key, signature);
}
