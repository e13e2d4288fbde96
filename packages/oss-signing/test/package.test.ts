import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as api from '../src/index.ts';

const workspace = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'oss-signing-'));
const installed = path.join(folder, 'project/node_modules/@oss-callback/oss-signing');

/** What a program in a project that has the packed package installed prints. */
function run(type: 'commonjs' | 'module', program: string): string {
  const options = { cwd: path.join(folder, 'project'), encoding: 'utf8' } as const;
  return execFileSync(process.execPath, ['--no-warnings', `--input-type=${type}`, '--eval', program], options);
}

describe('the packed package', () => {
  beforeAll(() => {
    const source = path.join(folder, 'source');
    mkdirSync(source);
    mkdirSync(installed, { recursive: true });
    copyFileSync(path.join(workspace, 'package.json'), path.join(source, 'package.json'));
    // The launcher of the compiler is looked up by Node, because workspaces may be hoisted.
    const compiler = path.join(
      path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
      'bin/tsc',
    );
    const build = ['-p', path.join(workspace, 'tsconfig.build.json'), '--outDir', path.join(source, 'dist')];
    execFileSync(process.execPath, [compiler, ...build]);
    execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: source });
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
    execFileSync('tar', ['xzf', path.join(folder, tarball), '-C', installed, '--strip-components=1']);
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  const names = Object.keys(api).sort();

  it('is imported with every export', () => {
    const program = `import * as api from '@oss-callback/oss-signing'; process.stdout.write(JSON.stringify(Object.keys(api)))`;
    expect((JSON.parse(run('module', program)) as string[]).sort()).toEqual(names);
  });

  it('is required with every export', () => {
    const program = `process.stdout.write(JSON.stringify(Object.keys(require('@oss-callback/oss-signing'))))`;
    const required = (JSON.parse(run('commonjs', program)) as string[]).filter((name) => name !== '__esModule');
    expect(required.sort()).toEqual(names);
  });
});
