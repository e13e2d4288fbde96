import { open, readFile, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DatabaseOpenError } from './database-open-error.ts';

/** Lock files this process holds: its own number in a file does not tell whether that is a leftover. */
const heldHere = new Set<string>();

/**
 * Makes sure that one process at a time has the embedded database open: two would destroy it, and PGlite does not look.
 * A lock left by a process that is gone is taken over.
 *
 * @throws DatabaseOpenError when another running process holds it
 */
export async function lockDataDir(dataDir: string): Promise<{ release(): Promise<void> }> {
  const file = resolve(dataDir, 'server.pid');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      heldHere.add(file);
      return {
        release: async () => {
          heldHere.delete(file);
          await rm(file, { force: true });
        },
      };
    } catch (cause) {
      if (!isFileExists(cause)) {
        throw new DatabaseOpenError('DATA_DIR', 'must be a folder that can be written to', { cause });
      }
      const holder = Number(await readFile(file, 'utf8').catch(() => ''));
      if (holder === process.pid ? heldHere.has(file) : isRunning(holder)) {
        break;
      }
      await rm(file, { force: true });
    }
  }
  throw new DatabaseOpenError('DATA_DIR', 'the embedded database in it is in use by another process');
}

function isFileExists(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) {
    return false;
  }
  try {
    // Signal 0 only asks.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
