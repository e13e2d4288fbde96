import { execFile } from 'node:child_process';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const REPOSITORY = 'https://github.com/ali-sdk/ali-oss.git';
/** The newest release: its npm package has no tests in it, so they come from the repository. */
export const ALI_OSS_VERSION = 'v6.23.0';

/** A clone of ali-oss at its release, with what its tests need installed; an existing one is used as it is. */
export async function prepareCheckout(directory: string): Promise<void> {
  if (!(await exists(join(directory, 'package.json')))) {
    await run('git', ['clone', '--quiet', '--depth', '1', '--branch', ALI_OSS_VERSION, REPOSITORY, directory]);
  }
  if (!(await exists(join(directory, 'node_modules/mocha')))) {
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps'];
    await run('npm', ['install', ...quiet], { cwd: directory });
  }
  // One of its tests writes to /tmp/.oss/cpt.json and expects the folder to be there.
  await mkdir('/tmp/.oss', { recursive: true });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * The callback tests are commented out, because the public server they reported to is gone. This writes them back beside
 * the original, changed in two ways only: without the comment marks, and with the local receiver for the missing one.
 * @returns path of the written file, relative to the checkout
 */
export async function uncommentCallbackTests(directory: string): Promise<string> {
  const source = await readFile(join(directory, 'test/node/callback.test.js'), 'utf8');
  const restored = source
    .split('\n')
    .map((line) => line.replace(/^\/\/ ?/, ''))
    .filter((line) => !line.startsWith('TODO'))
    .join('\n')
    .replace('describe.only(', 'describe(')
    .replace('const { callbackServer } = sts;', 'const callbackServer = process.env.CALLBACK_SERVER;');
  await writeFile(join(directory, 'test/node/callback-restored.test.js'), restored);
  return 'test/node/callback-restored.test.js';
}
