import { createPrivateKey, createPublicKey, generateKeyPair } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readKeptFile } from '../kept-file.ts';

/** What callbacks are signed with: OSS's scheme, an own key. */
export interface SigningKeyPair {
  readonly privateKey: KeyObject;
  /** PEM, SubjectPublicKeyInfo, as OSS publishes its own. */
  readonly publicKeyPem: string;
}

export interface SigningKeySource {
  /** The pair, made at the first call: an emulator that sends no callback never waits for a key. */
  get(): Promise<SigningKeyPair>;
}

/**
 * OSS's own key has 512 bits, which current libraries refuse (Go's `crypto/rsa` since 1.24): 1024 is the least that every
 * receiver can verify. It protects nobody's data, and a signature with 2048 bits takes three times as long.
 */
const MODULUS_BITS = 1024;
const FILE_NAME = 'callback-signing-key.pem';

let processKeyPair: Promise<SigningKeyPair> | undefined;

/** @param dataDir where the key survives a restart; without it there is one key per process */
export function createSigningKeySource(dataDir: string | undefined): SigningKeySource {
  let keyPair: Promise<SigningKeyPair> | undefined;
  return {
    get() {
      if (dataDir === undefined) {
        processKeyPair ??= generateSigningKeyPair();
        return processKeyPair;
      }
      keyPair ??= loadOrGenerate(join(dataDir, FILE_NAME)).catch((error: unknown) => {
        keyPair = undefined;
        throw error;
      });
      return keyPair;
    },
  };
}

/** A key of its own that nobody can verify with, for the fault of a wrong key. */
export function createUnpublishedKeySource(): SigningKeySource {
  let keyPair: Promise<SigningKeyPair> | undefined;
  return { get: () => (keyPair ??= generateSigningKeyPair()) };
}

async function generateSigningKeyPair(): Promise<SigningKeyPair> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: MODULUS_BITS });
  return toKeyPair(privateKey);
}

async function loadOrGenerate(path: string): Promise<SigningKeyPair> {
  const pem = await readKeptFile(path, async () => {
    const { privateKey } = await generateSigningKeyPair();
    return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  });
  return toKeyPair(createPrivateKey(pem));
}

function toKeyPair(privateKey: KeyObject): SigningKeyPair {
  const publicKeyPem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  return { privateKey, publicKeyPem };
}
