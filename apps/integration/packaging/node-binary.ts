import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/node-binaries/', import.meta.url));

/** The registry cannot be asked where `CI` says that nothing may be left out. */
export class NodeBinaryMissingError extends Error {
  override readonly name = 'NodeBinaryMissingError';
}

/**
 * The path of a Node of that exact version, from the npm packages that hold Node's own builds. It is fetched once and
 * kept under `node_modules/.cache`.
 *
 * @returns `undefined` where the registry or a build for this machine is not to be had
 * @throws {NodeBinaryMissingError} instead, where `CI` is set
 */
export function nodeBinary(version: string): string | undefined {
  const folder = join(CACHE, version);
  const binary = join(folder, 'bin/node');
  if (existsSync(binary)) return binary;
  const unfinished = join(CACHE, `${version}-${process.pid}`);
  try {
    mkdirSync(unfinished, { recursive: true });
    const name = `node-${process.platform}-${process.arch}@${version}`;
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', unfinished, name], {
      stdio: 'pipe',
    });
    const [tarball = ''] = readdirSync(unfinished);
    const only = ['--strip-components=1', 'package/bin/node'];
    execFileSync('tar', ['xzf', join(unfinished, tarball), '-C', unfinished, ...only]);
    rmSync(join(unfinished, tarball));
    renameSync(unfinished, folder);
    return binary;
  } catch (cause) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!['', '0', 'false', undefined].includes(process.env['CI'])) {
      throw new NodeBinaryMissingError(`CI demands Node ${version}, and npm cannot fetch it`, { cause });
    }
    return undefined;
  }
}
