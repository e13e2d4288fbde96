import { type KeyObject, createPublicKey } from 'node:crypto';

import { type RsaPublicKey, readRsaPublicKey } from './rsa-public-key.ts';

/** A pinned key, parsed by each implementation that can read it; at least one did. */
export interface PinnedKey {
  /** Absent where the runtime refuses the key, for instance for being short. */
  readonly nodeKey: KeyObject | undefined;
  /** Absent for keys in a form other than SubjectPublicKeyInfo. */
  readonly rsaKey: RsaPublicKey | undefined;
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
  const nodeKey = readNodeKey(pem);
  const rsaKey = readRsaPublicKey(pem);
  const modulusLength = nodeKey?.asymmetricKeyDetails?.modulusLength;
  const modulusLengthBytes = modulusLength === undefined ? rsaKey?.modulusLengthBytes : Math.ceil(modulusLength / 8);
  if (modulusLengthBytes === undefined) {
    throw new InvalidPublicKeyError(publicKeyUrl);
  }
  if (parsedKeys.size >= MAX_PARSED_KEYS) {
    parsedKeys.clear();
  }
  const pinned = { nodeKey, rsaKey, modulusLengthBytes };
  parsedKeys.set(pem, pinned);
  return pinned;
}

function readNodeKey(pem: string): KeyObject | undefined {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'rsa' ? key : undefined;
  } catch {
    return undefined;
  }
}
