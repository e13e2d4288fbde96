import { readFileSync, rmSync, writeFileSync } from 'node:fs';

import { StoreError } from './store-error.ts';

interface LockHolder {
  readonly pid: number;
  /** Tells a process from a later one with the same pid, as in a container that was killed and started again. */
  readonly processStart: string | undefined;
}

/** Locks held by this process: its pid in any other lock file is left over from an earlier process. */
const heldLockFiles = new Set<string>();

/**
 * Makes sure that one process at a time uses a data directory: the file store keeps all heads in memory, and clears at
 * start what another process may be staging. The lock of a process that is gone is taken over. Processes in different
 * containers cannot see each other: a volume is not to be shared by two running emulators.
 *
 * @returns gives the lock back; harmless when repeated
 * @throws {StoreError} `data-dir-in-use`; errors of the file system as they come
 */
export function lockDataDir(dataDir: string, lockFile: string): () => void {
  const self: LockHolder = { pid: process.pid, processStart: processStatus(process.pid)?.start };
  try {
    writeFileSync(lockFile, JSON.stringify(self), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error;
    }
    const holder = readHolder(lockFile);
    if (holder !== undefined && isRunning(holder, lockFile)) {
      throw new StoreError(
        'data-dir-in-use',
        `data directory ${dataDir}: in use by process ${holder.pid}; every emulator needs a data directory of its own`,
        { cause: error },
      );
    }
    writeFileSync(lockFile, JSON.stringify(self));
  }
  heldLockFiles.add(lockFile);
  let isReleased = false;
  return () => {
    if (!isReleased) {
      isReleased = true;
      heldLockFiles.delete(lockFile);
      rmSync(lockFile, { force: true });
    }
  };
}

/** @returns `undefined` for a file that is gone, was written halfway, or names no process */
function readHolder(lockFile: string): LockHolder | undefined {
  try {
    const holder = JSON.parse(readFileSync(lockFile, 'utf8')) as Partial<LockHolder> | null;
    const pid = Number.isInteger(holder?.pid) ? Number(holder?.pid) : 0;
    return pid > 0 ? { pid, processStart: holder?.processStart } : undefined;
  } catch {
    return undefined;
  }
}

function isRunning({ pid, processStart: expectedStart }: LockHolder, lockFile: string): boolean {
  if (pid === process.pid) {
    return heldLockFiles.has(lockFile);
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const status = processStatus(pid);
  const isSameProcess = expectedStart === undefined || status === undefined || expectedStart === status.start;
  return isSameProcess && status?.state !== 'Z';
}

/**
 * From proc(5); `undefined` where there is no /proc. State `Z` is a process that has ended and was not waited for, as
 * happens in containers without an init process. The start time counts clock ticks since boot.
 */
function processStatus(
  pid: number,
): { readonly state: string | undefined; readonly start: string | undefined } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // Field 2 is the program's name in brackets, with anything in it. State is field 3, start time field 22.
    const fieldsFromThird = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fieldsFromThird[0], start: fieldsFromThird[22 - 3] };
  } catch {
    return undefined;
  }
}
