import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it that are missing, for this user only. Node's recursive `mkdir` never returns where a
 * file system refuses a new folder with ENOENT, as /proc does.
 *
 * @throws whatever the file system answers
 */
export async function makeFolder(path: string): Promise<void> {
  const folder = resolve(path);
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) {
      return;
    }
    const parent = dirname(folder);
    if (code !== 'ENOENT' || parent === folder || (await exists(parent))) {
      throw error;
    }
    await makeFolder(parent);
    await mkdir(folder, { mode: 0o700 });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
