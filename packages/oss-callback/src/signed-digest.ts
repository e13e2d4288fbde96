import { padPkcs1, recoverPaddedBlock } from './pkcs1-signature.ts';
import type { RsaPublicKey } from './rsa-public-key.ts';

/** DER of DigestInfo up to the digest, by hash (RFC 8017 §9.2, note 1). */
const DIGEST_INFOS = {
  md5: '3020300c06082a864886f70d020505000410',
  sha1: '3021300906052b0e03021a05000414',
  sha256: '3031300d060960864801650304020105000420',
} as const;

/** The hashes that signers use by mistake, and the right one. */
export type SignedHash = keyof typeof DIGEST_INFOS;

export interface SignedDigest {
  readonly hash: SignedHash;
  readonly digest: Buffer;
}

/**
 * Opens a signature with a public key and answers the digest that was signed, or `undefined` when this key did not sign
 * it. Whatever was signed can then be searched for with one hash per guess. For explanations only: verification never
 * parses a padded block.
 */
export function openSignature(key: RsaPublicKey, signature: Uint8Array): SignedDigest | undefined {
  const block = recoverPaddedBlock(key, signature);
  if (block === undefined) {
    return undefined;
  }
  for (const hash of Object.keys(DIGEST_INFOS) as SignedHash[]) {
    const prefix = Buffer.from(DIGEST_INFOS[hash], 'hex');
    const digest = block.subarray(-(prefix.at(-1) ?? 0));
    const digestInfo = Buffer.concat([prefix, digest]);
    if (digestInfo.length + 11 <= block.length && padPkcs1(digestInfo, block.length).equals(block)) {
      return { hash, digest };
    }
  }
  return undefined;
}
