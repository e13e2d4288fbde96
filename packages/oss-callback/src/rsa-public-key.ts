/** An RSA public key as two numbers. */
export interface RsaPublicKey {
  readonly modulus: bigint;
  readonly exponent: bigint;
  readonly modulusLengthBytes: number;
}

/** Room for the padding and an MD5 DigestInfo, up to 8192 bits: with the exponent's bound, the cost of one verification is bounded. */
const MODULUS_BYTES = { min: 45, max: 1024 } as const;
const MAX_EXPONENT = 2n ** 32n;

const PEM = /^-----BEGIN PUBLIC KEY-----\s([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/;
/** AlgorithmIdentifier { rsaEncryption, NULL } (RFC 8017 A.1, RFC 5280 §4.1). */
const RSA_ENCRYPTION = Buffer.from('300d06092a864886f70d0101010500', 'hex');

/**
 * Reads an RSA key in PEM form (SubjectPublicKeyInfo, as OSS publishes its own) without `node:crypto`, which refuses
 * short keys in some builds. `undefined` for anything else.
 */
export function readRsaPublicKey(pem: string): RsaPublicKey | undefined {
  const base64 = PEM.exec(pem.trim())?.[1];
  const info = base64 === undefined ? undefined : readWhole(Buffer.from(base64, 'base64'), 0x30);
  if (info?.subarray(0, RSA_ENCRYPTION.length).equals(RSA_ENCRYPTION) !== true) {
    return undefined;
  }
  const bits = readWhole(info.subarray(RSA_ENCRYPTION.length), 0x03);
  const numbers = bits?.[0] === 0 ? readWhole(bits.subarray(1), 0x30) : undefined;
  const modulus = numbers && readElement(numbers, 0x02);
  const exponent = modulus && readWhole(modulus.rest, 0x02);
  return exponent && toKey(toNumber(modulus.content), toNumber(exponent));
}

function toKey(modulus: bigint, exponent: bigint): RsaPublicKey | undefined {
  const modulusLengthBytes = Math.ceil(modulus.toString(2).length / 8);
  const isUsable =
    modulus % 2n === 1n &&
    modulusLengthBytes >= MODULUS_BYTES.min &&
    modulusLengthBytes <= MODULUS_BYTES.max &&
    exponent % 2n === 1n &&
    exponent > 1n &&
    exponent < MAX_EXPONENT;
  return isUsable ? { modulus, exponent, modulusLengthBytes } : undefined;
}

/** One DER element (tag, length, content) and what follows it. */
function readElement(der: Buffer, tag: number): { readonly content: Buffer; readonly rest: Buffer } | undefined {
  const first = der[1];
  if (der[0] !== tag || first === undefined || first > 0x82) {
    return undefined;
  }
  const lengthBytes = first < 0x80 ? 0 : first - 0x80;
  const start = 2 + lengthBytes;
  if (first === 0x80 || der.length < start) {
    return undefined;
  }
  const end = start + (lengthBytes === 0 ? first : der.readUIntBE(2, lengthBytes));
  return end > der.length ? undefined : { content: der.subarray(start, end), rest: der.subarray(end) };
}

function readWhole(der: Buffer, tag: number): Buffer | undefined {
  const element = readElement(der, tag);
  return element?.rest.length === 0 ? element.content : undefined;
}

function toNumber(bytes: Buffer): bigint {
  return BigInt(`0x0${bytes.toString('hex')}`);
}
