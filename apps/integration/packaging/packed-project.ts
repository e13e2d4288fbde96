import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The packages that promise to work for everybody, without dependencies, on every supported Node. */
export const PUBLISHED_PACKAGES = ['oss-signing', 'oss-callback'] as const;

export type PublishedPackage = (typeof PUBLISHED_PACKAGES)[number];

/** An otherwise empty project that has the packages installed as npm would publish them. */
export interface PackedProject extends Disposable {
  readonly folder: string;
  readonly tarballs: Readonly<Record<PublishedPackage, string>>;
  installedAt(name: PublishedPackage): string;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Found by Node, because workspaces may be hoisted. */
export const COMPILER = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

/** Builds and packs both packages from their sources, away from the workspaces, so that no earlier `dist` is in it. */
export function packProject(): PackedProject {
  const root = mkdtempSync(join(tmpdir(), 'packed-packages-'));
  const folder = join(root, 'project');
  const installedAt = (name: PublishedPackage): string => join(folder, 'node_modules/@oss-callback', name);
  const tarballs = PUBLISHED_PACKAGES.map((name) => {
    const tarball = pack(name, join(root, name));
    mkdirSync(installedAt(name), { recursive: true });
    execFileSync('tar', ['xzf', tarball, '-C', installedAt(name), '--strip-components=1']);
    return [name, tarball] as const;
  });
  return {
    folder,
    tarballs: Object.fromEntries(tarballs) as Record<PublishedPackage, string>,
    installedAt,
    [Symbol.dispose]: () => rmSync(root, { recursive: true }),
  };
}

function pack(name: PublishedPackage, folder: string): string {
  const workspace = join(ROOT, 'packages', name);
  const isSource = (path: string): boolean => !/\/(?:node_modules|dist|test-results\.json)$/.test(path);
  cpSync(workspace, folder, { recursive: true, filter: isSource });
  const build = ['-p', join(workspace, 'tsconfig.build.json'), '--outDir', join(folder, 'dist')];
  execFileSync(process.execPath, [COMPILER, ...build]);
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], { cwd: folder });
  return join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '');
}
