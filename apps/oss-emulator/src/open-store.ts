import { access, constants } from 'node:fs/promises';
import type { EmulatorOptions } from './emulator-options.ts';
import { makeDirectory } from './make-directory.ts';
import { StartError } from './start-error.ts';
import type { ObjectStore } from './store/object-store.ts';
import { objectStores } from './store/object-stores.ts';

export interface OpenedStore {
  readonly store: ObjectStore;
  /** Where the key that callbacks are signed with is kept; `undefined` when nothing outlives the process. */
  readonly keyDir: string | undefined;
}

/**
 * @throws {StartError} when the data directory cannot be made or written
 * @throws {StoreError} when the store cannot be opened
 */
export async function openStore(options: EmulatorOptions): Promise<OpenedStore> {
  const { store = 'memory', dataDir = '.oss-emulator', s3 } = options;
  if (typeof store !== 'string') return { store, keyDir: undefined };
  if (store === 'memory') return { store: await objectStores.memory.open(), keyDir: undefined };
  try {
    await makeDirectory(dataDir);
    await access(dataDir, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`data directory ${dataDir} cannot be made or written: ${reason}`, { cause: error });
  }
  return { store: await objectStores[store].open({ dataDir, s3 }), keyDir: dataDir };
}
