import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { build } from 'esbuild';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as ossCallback from '@oss-callback/oss-callback';
import * as ossSigning from '@oss-callback/oss-signing';
import { nodeBinary } from '../packaging/node-binary.ts';
import {
  PUBLISHED_PACKAGES,
  packProject,
  type PackedProject,
  type PublishedPackage,
} from '../packaging/packed-project.ts';

const exported: Readonly<Record<PublishedPackage, object>> = { 'oss-signing': ossSigning, 'oss-callback': ossCallback };
const readme = readFileSync(new URL('../../../packages/oss-signing/README.md', import.meta.url), 'utf8');

let project: PackedProject;
beforeAll(() => {
  project = packProject();
  copyFileSync(new URL('published-packages.mjs', import.meta.url), join(project.folder, 'published-packages.mjs'));
});
afterAll(() => project[Symbol.dispose]());

/** What a program in the project prints. */
function run(node: string, type: 'commonjs' | 'module', program: string): string {
  const args = ['--no-warnings', `--input-type=${type}`, '--eval', program];
  return execFileSync(node, args, { cwd: project.folder, encoding: 'utf8' });
}

describe.each(PUBLISHED_PACKAGES)('%s, packed', (name) => {
  it('satisfies publint', async () => {
    const { messages } = await publint({ pkgDir: project.installedAt(name), pack: false, strict: true });
    expect(messages).toEqual([]);
  });

  it('has types that resolve as the code does, for everybody who resolves packages as Node does', async () => {
    const tarball = createPackageFromTarballData(new Uint8Array(readFileSync(project.tarballs[name])));
    const analysis = await checkPackage(tarball, { excludeEntrypoints: [/\.json$/] });
    const problems = analysis.types === false ? [{ kind: 'no types' }] : analysis.problems;
    // They are ESM only: `require` of them works on every supported Node, which the tests below show and the checker
    // cannot know, and resolution as before Node 12 never reads `exports`.
    const isExpected = (problem: (typeof problems)[number]): boolean =>
      problem.kind === 'CJSResolvesToESM' ||
      ('resolutionKind' in problem && problem.resolutionKind === 'node10' && problem.kind === 'NoResolution');
    expect(problems.filter((problem) => !isExpected(problem))).toEqual([]);
  });

  it('holds no test, no secret place and nothing of the machine that packed it', () => {
    const files = execFileSync('tar', ['tzf', project.tarballs[name]], { encoding: 'utf8' }).trim().split('\n');
    const allowed =
      /^package\/(?:package\.json|README\.md|LICENSE|(?:dist|src)\/[\w/-]+\.(?:js|d\.ts|js\.map|ts|json))$/;
    expect(files.filter((file) => !allowed.test(file) || file.includes('.test.'))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['package/LICENSE', 'package/dist/index.d.ts']));
  });
});

// The oldest of each line that has `require` of ES modules without a flag, and this one.
describe.each(['20.19.0', '22.12.0', process.versions.node])('both packages, packed, on Node %s', (version) => {
  const node = version === process.versions.node ? process.execPath : nodeBinary(version);

  it.skipIf(node === undefined)('are imported with every export', () => {
    for (const name of PUBLISHED_PACKAGES) {
      const program = `import * as api from '@oss-callback/${name}'; console.log(JSON.stringify(Object.keys(api)))`;
      const names = JSON.parse(run(node!, 'module', program)) as string[];
      expect(names.sort()).toEqual(Object.keys(exported[name]).sort());
    }
  });

  it.skipIf(node === undefined)('are required with every export', () => {
    for (const name of PUBLISHED_PACKAGES) {
      const program = `console.log(JSON.stringify(Object.keys(require('@oss-callback/${name}'))))`;
      const names = (JSON.parse(run(node!, 'commonjs', program)) as string[]).filter((each) => each !== '__esModule');
      expect(names.sort()).toEqual(Object.keys(exported[name]).sort());
    }
  });

  it.skipIf(node === undefined)('sign and verify', () => {
    const printed = execFileSync(node!, ['published-packages.mjs'], { cwd: project.folder, encoding: 'utf8' });
    expect(printed).toBe(`both packages sign and verify on Node v${version}\n`);
  });
});

describe('the size of what is used', () => {
  const stated = [...readme.matchAll(/`(\w+)` alone(?: is)? ([\d.]+) kB(?: minified)? \(([\d.]+) kB/g)];

  it('is stated in the README for two functions', () => {
    expect(stated.map(([, name]) => name)).toEqual(['signRequestV4', 'presignUrl']);
  });

  it.each(stated.map(([, name = '', minified, gzipped]) => ({ name, minified, gzipped })))(
    'of $name is what the README says: $minified kB, $gzipped kB gzipped',
    async ({ name, minified, gzipped }) => {
      const entry = join(project.folder, `${name}.mjs`);
      writeFileSync(entry, `export { ${name} } from '@oss-callback/oss-signing';`);
      const { outputFiles } = await build({
        entryPoints: [entry],
        bundle: true,
        minify: true,
        format: 'esm',
        platform: 'node',
        target: 'node20.19',
        write: false,
      });
      const bytes = outputFiles[0]?.contents ?? new Uint8Array();
      expect(bytes.length / 1000).toBeCloseTo(Number(minified), 1);
      expect(gzipSync(bytes).length / 1000).toBeCloseTo(Number(gzipped), 1);
    },
  );
});
