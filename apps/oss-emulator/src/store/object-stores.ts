import { FileObjectStore } from './file-object-store.ts';
import { MemoryObjectStore } from './memory-object-store.ts';
import type { ObjectStore } from './object-store.ts';
import type { S3Settings } from './s3-connection.ts';
import { StoreError } from './store-error.ts';

/** What any of the stores may need. */
export interface StoreSettings {
  readonly dataDir: string;
  readonly s3?: S3Settings | undefined;
}

export interface ObjectStoreRow {
  /** What one gets, for `--help` and the documentation. */
  readonly doc: string;
  /** @throws {StoreError} in one line what is missing or in the way */
  readonly open: (settings: StoreSettings) => Promise<ObjectStore>;
}

/** Every store, by the name that `--store` takes. A new one is a file and a row here. */
export const objectStores = {
  memory: {
    doc: 'in memory; gone when the emulator ends',
    open: async () => new MemoryObjectStore(),
  },
  file: {
    doc: 'files under the data directory; survives the end of the emulator, not a power failure',
    open: ({ dataDir }) => FileObjectStore.open(dataDir),
  },
  s3: {
    doc: 'objects of an S3 server, readable with any S3 tool',
    open: async ({ s3 }) => {
      if (s3 === undefined) {
        throw new StoreError('setting-invalid', 'store s3: needs an S3 endpoint, access key and secret key');
      }
      // Loaded when needed: the S3 client takes longer to load than the rest of the emulator to start.
      const { S3ObjectStore } = await import('./s3-object-store.ts');
      return S3ObjectStore.open(s3);
    },
  },
} satisfies Record<string, ObjectStoreRow>;

export type ObjectStoreName = keyof typeof objectStores;
