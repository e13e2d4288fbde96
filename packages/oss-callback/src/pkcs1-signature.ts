import { md5 } from './md5.ts';
import type { RsaPublicKey } from './rsa-public-key.ts';

/** DER of DigestInfo { md5, NULL, 16 bytes follow } (RFC 8017 §9.2, note 1). */
const MD5_DIGEST_INFO = Buffer.from('3020300c06082a864886f70d020505000410', 'hex');

/**
 * Verifies RSASSA-PKCS1-v1_5 with MD5 (RFC 8017 §8.2.2) in BigInt, for runtimes that refuse 512-bit keys or MD5.
 *
 * The padded block is built and compared as a whole, never parsed, so there is no padding to be lenient about. All
 * values are public: time that depends on them tells nobody anything. The cost is bounded by the key.
 */
export function verifyPkcs1Md5(key: RsaPublicKey, data: Uint8Array, signature: Uint8Array): boolean {
  const block = recoverPaddedBlock(key, signature);
  if (block === undefined) {
    return false;
  }
  const digestInfo = Buffer.concat([MD5_DIGEST_INFO, md5(data)]);
  return block.equals(padPkcs1(digestInfo, key.modulusLengthBytes));
}

/** `signature ^ exponent mod modulus`, as long as the modulus; `undefined` for a signature of another length or size. */
export function recoverPaddedBlock(key: RsaPublicKey, signature: Uint8Array): Buffer | undefined {
  const { modulus, modulusLengthBytes } = key;
  if (signature.length !== modulusLengthBytes) {
    return undefined;
  }
  const number = BigInt(`0x${Buffer.from(signature).toString('hex')}`);
  if (number >= modulus) {
    return undefined;
  }
  let power = 1n;
  for (const bit of key.exponent.toString(2)) {
    power = (power * power) % modulus;
    power = bit === '1' ? (power * number) % modulus : power;
  }
  return Buffer.from(power.toString(16).padStart(modulusLengthBytes * 2, '0'), 'hex');
}

/** `00 01 ff … ff 00` and the digest info (RFC 8017 §9.2). */
export function padPkcs1(digestInfo: Uint8Array, lengthBytes: number): Buffer {
  const padding = Buffer.alloc(lengthBytes - digestInfo.length, 0xff);
  padding.writeUInt16BE(0x0001, 0);
  padding[padding.length - 1] = 0;
  return Buffer.concat([padding, digestInfo]);
}
