import { createPrivateKey, createPublicKey, generateKeyPair, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What callbacks are signed with: OSS's scheme, an own key. OSS's key has 512 bits, which nobody should learn from. */
export interface SigningKeyPair {
  readonly privateKey: KeyObject;
  /** PEM, SubjectPublicKeyInfo, as OSS publishes its own. */
  readonly publicKeyPem: string;
}

export interface SigningKeySource {
  /** The pair, made at the first call: an emulator that sends no callback never waits for a key. */
  get(): Promise<SigningKeyPair>;
}

const MODULUS_BITS = 2048;
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

async function generateSigningKeyPair(): Promise<SigningKeyPair> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: MODULUS_BITS });
  return toKeyPair(privateKey);
}

/** Several processes may start on one directory: the first complete file wins, and all of them use it. */
async function loadOrGenerate(path: string): Promise<SigningKeyPair> {
  const stored = await readIfThere(path);
  if (stored !== undefined) return toKeyPair(createPrivateKey(stored));
  const { privateKey } = await generateSigningKeyPair();
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, path);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return toKeyPair(createPrivateKey(await readFile(path, 'utf8')));
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function toKeyPair(privateKey: KeyObject): SigningKeyPair {
  const publicKeyPem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  return { privateKey, publicKeyPem };
}
