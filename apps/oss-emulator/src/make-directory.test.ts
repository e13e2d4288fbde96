import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDirectory } from './make-directory.ts';

describe('makeDirectory', () => {
  let dir: string;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'make-directory-'));
  });
  afterAll(() => rm(dir, { recursive: true }));

  it('makes what is missing above it, and is content with what is there', async () => {
    const path = join(dir, 'a', 'b', 'c');
    await Promise.all([makeDirectory(path), makeDirectory(path)]);
    expect((await stat(path)).isDirectory()).toBe(true);
    await makeDirectory(path);
  });

  it('fails below a file', async () => {
    await writeFile(join(dir, 'file'), '');
    await expect(makeDirectory(join(dir, 'file', 'below'))).rejects.toMatchObject({ code: 'EEXIST' });
  });

  it.runIf(process.platform === 'linux')('fails, and returns, where nothing can be made', async () => {
    await expect(makeDirectory('/proc/not-there/below')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
