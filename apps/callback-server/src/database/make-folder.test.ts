import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from './make-folder.ts';

describe('makeFolder', () => {
  it('makes a folder with those above it, and does not mind one that is there', async () => {
    const base = await mkdtemp(join(tmpdir(), 'make-folder-'));
    await makeFolder(join(base, 'a', 'b', 'c'));
    await makeFolder(join(base, 'a', 'b', 'c'));
    const made = await stat(join(base, 'a', 'b', 'c'));
    expect([made.isDirectory(), made.mode & 0o777]).toEqual([true, 0o700]);
    await rm(base, { recursive: true });
  });

  it('fails at a file, and where the file system takes no folder', async () => {
    const base = await mkdtemp(join(tmpdir(), 'make-folder-'));
    await writeFile(join(base, 'file'), '');
    await expect(makeFolder(join(base, 'file'))).rejects.toThrow('EEXIST');
    await expect(makeFolder(join(base, 'file', 'below'))).rejects.toThrow('ENOTDIR');
    await expect(makeFolder('/proc/a-folder')).rejects.toThrow(/ENOENT|EACCES|EPERM/);
    await rm(base, { recursive: true });
  });
});
