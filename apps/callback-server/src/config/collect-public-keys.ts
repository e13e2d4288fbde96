import { readFile } from 'node:fs/promises';
import { endpointReach, publicKeyFingerprint } from '@oss-callback/nestjs-oss-callback';
import { ConfigError } from './config-error.ts';
import { fetchPublicKey } from './fetch-public-key.ts';
import type { PublicKeySource } from './public-key-sources.ts';

const SETTING = 'OSS_CALLBACK_PUBLIC_KEYS';

/**
 * Gets the PEM text of every configured key.
 *
 * @returns key URL → PEM, for `startCallbackServer`
 * @throws ConfigError when a key cannot be had or is none
 */
export async function collectPublicKeys(sources: readonly PublicKeySource[]): Promise<ReadonlyMap<string, string>> {
  const keys = new Map<string, string>();
  for (const source of sources) {
    const pem = await readPem(source);
    if (publicKeyFingerprint(pem) === undefined) {
      throw new ConfigError(SETTING, `the key of ${source.url} must be an RSA public key in PEM form`);
    }
    keys.set(source.url, pem);
  }
  return keys;
}

/**
 * The key of the emulator that `OSS_ENDPOINT` points to, under every spelling of this machine: the emulator may call
 * itself `127.0.0.1` while the endpoint says `localhost`.
 */
export async function fetchEmulatorKey(endpoint: string): Promise<ReadonlyMap<string, string>> {
  const url = new URL('/__emulator/callback_pub_key_v1.pem', endpoint);
  const pem = await fetchPublicKey(url);
  const urls = [url.href];
  if (endpointReach(url) === 'loopback') {
    for (const hostname of ['127.0.0.1', 'localhost', '[::1]']) {
      urls.push(Object.assign(new URL(url), { hostname }).href);
    }
  }
  return new Map(urls.map((each) => [each, pem]));
}

async function readPem({ url, from, value }: PublicKeySource): Promise<string> {
  switch (from) {
    case 'text':
      return value;
    case 'url':
      return fetchPublicKey(new URL(value));
    case 'file':
      return readFile(value, 'utf8').catch((cause: unknown) => {
        throw new ConfigError(SETTING, `the file named for ${url} cannot be read`, { cause });
      });
  }
}
