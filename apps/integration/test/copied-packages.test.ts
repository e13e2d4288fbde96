import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPILER, PUBLISHED_PACKAGES } from '../packaging/packed-project.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const project = mkdtempSync(join(tmpdir(), 'copied-packages-'));

/** Every check that TypeScript 7 has beyond `strict`, but those that this or that style forbids. */
const STRICT = {
  module: 'nodenext',
  target: 'es2023',
  lib: ['es2023', 'es2024.string'],
  types: ['node'],
  noEmit: true,
  rewriteRelativeImportExtensions: true,
  resolveJsonModule: true,
  strict: true,
  allowUnreachableCode: false,
  allowUnusedLabels: false,
  erasableSyntaxOnly: true,
  exactOptionalPropertyTypes: true,
  isolatedModules: true,
  noFallthroughCasesInSwitch: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedIndexedAccess: true,
  noUncheckedSideEffectImports: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
};

beforeAll(() => {
  mkdirSync(join(project, 'node_modules/@types'), { recursive: true });
  for (const name of ['typescript', 'vitest', 'fast-check', '@types/node']) {
    const installed = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    symlinkSync(installed, join(project, 'node_modules', name));
  }
  for (const name of PUBLISHED_PACKAGES) {
    cpSync(join(ROOT, 'packages', name), join(project, name), {
      recursive: true,
      filter: (path) => !/\/(?:node_modules|dist|test-results\.json|\.snippets-[^/]*)$/.test(path),
    });
  }
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rmSync(project, { recursive: true }));

describe.each(PUBLISHED_PACKAGES)('the folder %s, copied into an empty project', (name) => {
  it('compiles under every strict flag', () => {
    const tsconfig = { compilerOptions: STRICT, include: [`${name}/src`] };
    writeFileSync(join(project, `tsconfig.${name}.json`), JSON.stringify(tsconfig));
    const args = [COMPILER, '-p', join(project, `tsconfig.${name}.json`)];
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('');
  });

  it('passes its own tests', { timeout: 180_000 }, () => {
    const vitest = join(project, 'node_modules/vitest/vitest.mjs');
    const report = join(project, `${name}.json`);
    const args = [
      vitest,
      'run',
      '--root',
      project,
      '--testTimeout=60000',
      '--reporter=json',
      `--outputFile=${report}`,
      `${name}/src`,
    ];
    execFileSync(process.execPath, args, { cwd: project, stdio: 'pipe' });
    const results = JSON.parse(readFileSync(report, 'utf8')) as Record<'numPassedTests' | 'numTotalTests', number>;
    expect(results.numPassedTests).toBe(results.numTotalTests);
    expect(results.numPassedTests).toBeGreaterThan(300);
  });
});
