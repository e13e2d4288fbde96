import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, describe, expect, it } from 'vitest';

import { readmeSnippets } from './readme-snippets.ts';

// Inside the workspace, so that the program finds the package.
const folder = mkdtempSync(path.join(fileURLToPath(new URL('..', import.meta.url)), 'test/.snippets-'));

afterAll(() => rmSync(folder, { recursive: true }));

describe('README', () => {
  it('shows what its linter program prints', () => {
    const code = readmeSnippets().find(({ fileName }) => fileName === 'lint-callback.ts')?.code ?? '';
    const program = path.join(folder, 'lint-callback.ts');
    writeFileSync(program, code);
    const args = ['--no-warnings', '--conditions=@oss-callback/source', program];
    const printed = execFileSync(process.execPath, args, { encoding: 'utf8', env: {} });
    expect(printed.trim().split('\n')).toEqual(Array.from(code.matchAll(/^\/\/ (.*)$/gm), ([, line]) => line));
  });
});
