import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { lockDataDir } from './data-dir-lock.ts';
import { StoreError } from './store-error.ts';

const scratchDir = mkdtempSync(join(tmpdir(), 'data-dir-lock-'));
const lockFile = join(scratchDir, 'lock');

afterAll(() => {
  rmSync(scratchDir, { recursive: true });
});

describe('lockDataDir', () => {
  it('gives the lock to one at a time', () => {
    const release = lockDataDir(scratchDir, lockFile);
    expect(() => lockDataDir(scratchDir, lockFile)).toThrow(StoreError);
    release();
    expect(existsSync(lockFile)).toBe(false);
    lockDataDir(scratchDir, lockFile)();
  });

  it('refuses while another process that runs has it, and names that', () => {
    writeFileSync(lockFile, JSON.stringify({ pid: process.ppid }));
    expect(() => lockDataDir(scratchDir, lockFile)).toThrow(
      `data directory ${scratchDir}: in use by process ${process.ppid}`,
    );
  });

  it.each([
    ['a process that has ended', () => JSON.stringify({ pid: spawnSync(process.execPath, ['--version']).pid })],
    ['a process whose pid another has now', () => JSON.stringify({ pid: process.ppid, processStart: '1' })],
    ['an earlier process with the pid of this one', () => JSON.stringify({ pid: process.pid, processStart: '1' })],
    ['a process that was killed while it wrote the file', () => '{"pid":'],
    ['no process at all', () => 'null'],
    ['a whole group of processes', () => '{"pid":-1}'],
  ])('takes over the lock of %s', (_, leftOver) => {
    writeFileSync(lockFile, leftOver());
    const release = lockDataDir(scratchDir, lockFile);
    expect(() => lockDataDir(scratchDir, lockFile)).toThrow(/in use by process/);
    release();
  });

  it('may be given back twice without taking it from the next holder', () => {
    const release = lockDataDir(scratchDir, lockFile);
    release();
    const releaseNext = lockDataDir(scratchDir, lockFile);
    release();
    expect(existsSync(lockFile)).toBe(true);
    releaseNext();
  });
});
