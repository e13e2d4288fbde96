import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes a directory and those above it that are missing. Not Node's recursive `mkdir`: that one never returns where a file
 * system answers ENOENT to a new directory, as `/proc` does.
 * @throws what the file system answers
 */
export async function makeDirectory(path: string): Promise<void> {
  const directory = resolve(path);
  if (await isDirectory(directory)) return;
  const parent = dirname(directory);
  if (parent !== directory) await makeDirectory(parent);
  try {
    await mkdir(directory);
  } catch (error) {
    // Another process may have made it in the meantime.
    if (!(await isDirectory(directory))) throw error;
  }
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
