import { meterDigests } from '../digests/object-digests.ts';
import type { NewObject, ObjectContent, ObjectStore, StagedBytes, StoredObject } from '../store/object-store.ts';

/** With dots, which OSS forbids in names of buckets and S3 allows: no request can name it, no listing shows it. */
const HIDDEN_BUCKET = 'oss.emulator.multipart';

const PAGE_SIZE = 1000;

type HiddenHead = Pick<NewObject, 'etag' | 'contentMd5' | 'crc64' | 'lastModified'> &
  Partial<Pick<NewObject, 'userMetadata'>>;

/** The emulator's own objects: in the same store as everybody's, and out of everybody's reach. */
export class HiddenObjects {
  readonly #store: ObjectStore;

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  async exist(): Promise<boolean> {
    return (await this.#store.getBucket(HIDDEN_BUCKET)) !== undefined;
  }

  /** Makes the bucket when it is first needed: at the beginning, and after a reset. */
  async write(key: string, bytes: Buffer, head: Pick<NewObject, 'lastModified' | 'userMetadata'>): Promise<void> {
    if (!(await this.exist())) {
      await this.#store.createBucket({
        name: HIDDEN_BUCKET,
        createdAt: head.lastModified,
        acl: 'private',
        storageClass: 'Standard',
        settings: {},
      });
    }
    const metered = meterDigests(inOnePiece(bytes));
    const staged = await this.#store.stage(metered.bytes);
    const { etag, contentMd5, crc64 } = metered.digests();
    await this.commit(key, staged, { ...head, etag, contentMd5, crc64 });
  }

  /** Without the bucket nothing is kept: a reset has come in between, and is to leave nothing. */
  async commit(key: string, staged: StagedBytes, head: HiddenHead): Promise<void> {
    await this.#store.commit(staged, {
      bucket: HIDDEN_BUCKET,
      key,
      contentType: 'application/octet-stream',
      httpHeaders: {},
      userMetadata: {},
      objectType: 'Normal',
      storageClass: 'Standard',
      ...head,
    });
  }

  head(key: string): Promise<StoredObject | undefined> {
    return this.#store.head(HIDDEN_BUCKET, key);
  }

  read(key: string): Promise<ObjectContent | undefined> {
    return this.#store.read(HIDDEN_BUCKET, key);
  }

  async delete(key: string): Promise<'deleted' | 'missing'> {
    return (await this.#store.delete(HIDDEN_BUCKET, key)).outcome;
  }

  /** All objects whose key begins so, in order. */
  async list(prefix: string): Promise<readonly StoredObject[]> {
    return (await this.#pages(prefix, '')).flatMap(({ objects }) => objects);
  }

  /** The names up to the next slash, that slash included. */
  async folders(prefix: string): Promise<readonly string[]> {
    return (await this.#pages(prefix, '/')).flatMap(({ commonPrefixes }) => commonPrefixes);
  }

  async #pages(prefix: string, delimiter: string) {
    const pages = [];
    let startAfter: string | undefined = '';
    while (startAfter !== undefined) {
      // Each page says where the next one begins.
      // oxlint-disable-next-line no-await-in-loop
      const page = await this.#store.list(HIDDEN_BUCKET, { prefix, delimiter, startAfter, maxKeys: PAGE_SIZE });
      pages.push(page);
      startAfter = page.nextStartAfter;
    }
    return pages;
  }
}

async function* inOnePiece(bytes: Buffer): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
