import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { objectStores } from './object-stores.ts';
import { StoreError } from './store-error.ts';

const scratchDir = mkdtempSync(join(tmpdir(), 'object-stores-'));

afterAll(() => {
  rmSync(scratchDir, { recursive: true });
});

describe('objectStores', () => {
  it('opens a memory store that needs no settings and no directory', async () => {
    const store = await objectStores.memory.open();
    expect(await store.listBuckets()).toEqual([]);
    expect(readdirSync(scratchDir)).toEqual([]);
  });

  it('opens a file store in the data directory', async () => {
    const store = await objectStores.file.open({ dataDir: join(scratchDir, 'data') });
    expect(existsSync(join(scratchDir, 'data'))).toBe(true);
    await store.close();
  });

  it('refuses an S3 store without its settings, in one line', async () => {
    const opening = objectStores.s3.open({ dataDir: scratchDir });
    await expect(opening).rejects.toThrow(
      new StoreError('setting-invalid', 'store s3: needs an S3 endpoint, access key and secret key'),
    );
  });
});
