import { mkdir } from 'node:fs/promises';
import type { EmulatorOptions } from './emulator-options.ts';
import { StartError } from './start-error.ts';
import type { ObjectStore } from './store/object-store.ts';
import { objectStores } from './store/object-stores.ts';

export interface OpenedStore {
  readonly store: ObjectStore;
  /** Where the key that callbacks are signed with is kept; `undefined` when nothing outlives the process. */
  readonly keyDir: string | undefined;
}

/**
 * @throws {StoreError} when the store cannot be opened
 * @throws {StartError} when the directory of the signing key cannot be made
 */
export async function openStore(options: EmulatorOptions): Promise<OpenedStore> {
  const { store = 'memory', dataDir = '.oss-emulator', s3 } = options;
  if (typeof store !== 'string') return { store, keyDir: undefined };
  const opened = await objectStores[store].open({ dataDir, s3 });
  if (store === 'memory') return { store: opened, keyDir: undefined };
  try {
    await mkdir(dataDir, { recursive: true });
  } catch (error) {
    await opened.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`data directory ${dataDir} cannot be made: ${reason}`);
  }
  return { store: opened, keyDir: dataDir };
}
