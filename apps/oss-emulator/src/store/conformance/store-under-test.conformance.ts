import { createHash } from 'node:crypto';

import type { BucketRecord, CommitOptions, ListQuery, NewObject, ObjectContent, ObjectStore } from '../object-store.ts';

/** The store of the current test, holding one empty bucket, with the calls that most tests make. */
export class StoreUnderTest {
  #store: ObjectStore | undefined;

  get store(): ObjectStore {
    if (this.#store === undefined) {
      throw new TypeError('store: there is one only while a test runs');
    }
    return this.#store;
  }

  async open(createStore: () => Promise<ObjectStore>): Promise<void> {
    this.#store = await createStore();
    await this.#store.reset();
    await this.#store.createBucket(BUCKET);
  }

  async put(key: string, bytes: string | Buffer, object: Partial<NewObject> = {}, options?: CommitOptions) {
    const staged = await this.store.stage(inChunks(Buffer.from(bytes)));
    return this.store.commit(staged, { ...newObject(key), ...object }, options);
  }

  async read(key: string, range?: { start: number; end: number }): Promise<Buffer> {
    return content(await this.store.read(BUCKET.name, key, range));
  }

  async list(query: Partial<ListQuery> = {}) {
    const whole = { prefix: '', delimiter: '', startAfter: '', maxKeys: 1_000, ...query };
    const { objects, ...rest } = await this.store.list(BUCKET.name, whole);
    return { keys: objects.map((object) => object.key), ...rest };
  }
}

/** More than any store keeps in memory while staging, and not a round number. */
export const LARGE_BYTES = 17 * 1024 * 1024 + 11;

export const BUCKET: BucketRecord = {
  name: 'oss-conformance-bucket',
  createdAt: new Date('2026-02-24T17:03:12.345Z'),
  acl: 'public-read-write',
  storageClass: 'Standard',
  settings: { cors: '<CORSConfiguration/>' },
};

export function newObject(key: string): NewObject {
  return {
    bucket: BUCKET.name,
    key,
    etag: '5D41402ABC4B2A76B9719D911017C592',
    crc64: 11_177_612_005_948_864_433n,
    contentMd5: 'XUFAKrxLKna5cZ2REBfFkg==',
    contentType: 'application/octet-stream',
    httpHeaders: {},
    userMetadata: {},
    objectType: 'Normal',
    storageClass: 'Standard',
    lastModified: new Date('2026-03-01T01:02:03.004Z'),
  };
}

/** In chunks of sizes that no block size is a multiple of, an empty one among them. */
export async function* inChunks(bytes: Buffer): AsyncGenerator<Uint8Array, void, undefined> {
  yield Buffer.alloc(0);
  const chunkBytes = bytes.length > 100_000 ? 70_001 : 3;
  for (let offset = 0; offset < bytes.length; offset += chunkBytes) {
    yield bytes.subarray(offset, offset + chunkBytes);
  }
}

export async function content(reading: ObjectContent | undefined): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of reading?.bytes ?? []) {
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
}

/** Bytes that tell their version, of sizes on both sides of what a store stages in memory. */
export function contentOfVersion(version: number): Buffer {
  return Buffer.alloc(1 + ((version * 7_919) % 300_000), `${version} `);
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
