import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { finishStagedFile } from './file-staging.ts';

describe('finishStagedFile', () => {
  it.runIf(existsSync('/dev/full'))('leaves nothing of a small object that the disk has no room for', () => {
    const dir = mkdtempSync(join(tmpdir(), 'oss-emulator-full-'));
    const file = join(dir, 'staged');
    symlinkSync('/dev/full', file);
    const content = { memory: Buffer.from('bytes'), sizeBytes: 5 };
    expect(() => finishStagedFile(content, Buffer.from('head'), file)).toThrow('ENOSPC');
    expect(readdirSync(dir)).toEqual([]);
    rmSync(dir, { recursive: true });
  });
});
