import { createPublicKey } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSigningKeySource } from './signing-key-pair.ts';

describe('the key that callbacks are signed with', () => {
  let dir: string;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'signing-key-'));
  });
  afterAll(() => rm(dir, { recursive: true }));

  it('is RSA with 1024 bits, one per process when nothing is kept', async () => {
    const [first, second] = await Promise.all([
      createSigningKeySource(undefined).get(),
      createSigningKeySource(undefined).get(),
    ]);
    expect(first.publicKeyPem).toBe(second.publicKeyPem);
    const key = createPublicKey(first.publicKeyPem);
    expect([key.asymmetricKeyType, key.asymmetricKeyDetails?.modulusLength]).toEqual(['rsa', 1024]);
  });

  it('is kept in the data directory, for its owner only, and the same for all who start at once', async () => {
    const pairs = await Promise.all([1, 2, 3].map(() => createSigningKeySource(dir).get()));
    expect(new Set(pairs.map(({ publicKeyPem }) => publicKeyPem)).size).toBe(1);
    expect(await readdir(dir)).toEqual(['callback-signing-key.pem']);
    expect((await stat(join(dir, 'callback-signing-key.pem'))).mode & 0o777).toBe(0o600);
    expect((await createSigningKeySource(dir).get()).publicKeyPem).toBe(pairs[0]?.publicKeyPem);
  });

  it('can be asked for again after it could not be written', async () => {
    const source = createSigningKeySource(join(dir, 'not-there'));
    await expect(source.get()).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(source.get()).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
