import { type KeyObject, createPublicKey } from 'node:crypto';

/** A pinned key, parsed. */
export interface PinnedKey {
  readonly key: KeyObject;
  /** Every signature by this key has exactly this length. */
  readonly modulusLengthBytes: number;
}

/** A key that was pinned in code or configuration is no RSA public key in PEM form. */
export class InvalidPublicKeyError extends Error {
  override readonly name = 'InvalidPublicKeyError';
  readonly publicKeyUrl: string;

  constructor(publicKeyUrl: string) {
    super(`the key pinned for ${publicKeyUrl} must be an RSA public key in PEM form`);
    this.publicKeyUrl = publicKeyUrl;
  }
}

/** Parsing costs more than verifying. Keys are few and pinned; the bound is for tests that make new ones all day. */
const MAX_PARSED_KEYS = 32;
const parsedKeys = new Map<string, PinnedKey>();

/** @throws {InvalidPublicKeyError} when the PEM text is no RSA public key: a mistake of the operator, not of the sender */
export function parsePinnedKey(publicKeyUrl: string, pem: string): PinnedKey {
  const known = parsedKeys.get(pem);
  if (known !== undefined) {
    return known;
  }
  const key = readKey(pem);
  const modulusLength = key?.asymmetricKeyDetails?.modulusLength;
  if (key?.asymmetricKeyType !== 'rsa' || modulusLength === undefined) {
    throw new InvalidPublicKeyError(publicKeyUrl);
  }
  if (parsedKeys.size >= MAX_PARSED_KEYS) {
    parsedKeys.clear();
  }
  const pinned = { key, modulusLengthBytes: Math.ceil(modulusLength / 8) };
  parsedKeys.set(pem, pinned);
  return pinned;
}

function readKey(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}
