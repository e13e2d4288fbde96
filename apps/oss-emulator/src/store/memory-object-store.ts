import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

import { ObjectIndex } from './object-index.ts';
import type { IndexEntry } from './object-index.ts';
import type {
  BucketChange,
  BucketRecord,
  ByteRange,
  CommitOptions,
  CommitOutcome,
  ListQuery,
  NewObject,
  ObjectChange,
  ObjectContent,
  ObjectStore,
  StagedBytes,
  StoredObject,
} from './object-store.ts';
import { StoreError } from './store-error.ts';

/** Keeps everything in buffers, for tests and throw-away emulators. A version that is being read stays as it is. */
export class MemoryObjectStore implements ObjectStore {
  readonly #index = new ObjectIndex<Buffer>();
  readonly #staged = new Map<string, Buffer>();

  async createBucket(bucket: BucketRecord) {
    if (this.#index.getBucket(bucket.name) !== undefined) {
      return 'exists';
    }
    this.#index.addBucket(bucket);
    return 'created';
  }

  async getBucket(name: string) {
    return this.#index.getBucket(name);
  }

  async listBuckets() {
    return this.#index.listBuckets();
  }

  async updateBucket(name: string, change: BucketChange) {
    return this.#index.updateBucket(name, change);
  }

  async deleteBucket(name: string) {
    if (this.#index.getBucket(name) === undefined) {
      return 'missing';
    }
    if (this.#index.hasObjects(name)) {
      return 'not-empty';
    }
    this.#index.removeBucket(name);
    return 'deleted';
  }

  async stage(bytes: AsyncIterable<Uint8Array>): Promise<StagedBytes> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of bytes) {
      chunks.push(chunk);
    }
    const stageId = randomUUID();
    const content = Buffer.concat(chunks);
    this.#staged.set(stageId, content);
    return { stageId, sizeBytes: content.length };
  }

  async commit({ stageId }: StagedBytes, object: NewObject, options: CommitOptions = {}): Promise<CommitOutcome> {
    const content = this.#staged.get(stageId);
    if (content === undefined) {
      throw new StoreError(
        'stage-ended',
        `commit of ${object.bucket}/${object.key}: the staged bytes have ended already`,
      );
    }
    this.#staged.delete(stageId);
    if (this.#index.getBucket(object.bucket) === undefined) {
      return { outcome: 'bucket-missing' };
    }
    if (options.forbidOverwrite === true && this.#index.get(object.bucket, object.key) !== undefined) {
      return { outcome: 'object-exists' };
    }
    this.#index.put({ object: { ...object, sizeBytes: content.length }, content });
    return { outcome: 'committed' };
  }

  async discard({ stageId }: StagedBytes) {
    this.#staged.delete(stageId);
  }

  async head(bucket: string, key: string) {
    return this.#index.get(bucket, key)?.object;
  }

  async read(bucket: string, key: string, range?: ByteRange): Promise<ObjectContent | undefined> {
    const entry: IndexEntry<Buffer> | undefined = this.#index.get(bucket, key);
    if (entry === undefined) {
      return undefined;
    }
    const { object, content } = entry;
    const bytes = range === undefined ? content : content.subarray(range.start, range.end + 1);
    return { object, bytes: Readable.from(bytes.length === 0 ? [] : [bytes]) };
  }

  async updateObject(bucket: string, key: string, change: (object: StoredObject) => ObjectChange) {
    const entry = this.#index.get(bucket, key);
    if (entry === undefined) {
      return undefined;
    }
    const object = { ...entry.object, ...change(entry.object) };
    this.#index.put({ ...entry, object });
    return object;
  }

  async delete(bucket: string, key: string) {
    if (this.#index.get(bucket, key) === undefined) {
      return 'missing';
    }
    this.#index.remove(bucket, key);
    return 'deleted';
  }

  async list(bucket: string, query: ListQuery) {
    return this.#index.list(bucket, query);
  }

  async reset() {
    this.#index.clear();
    this.#staged.clear();
  }

  async close() {
    await this.reset();
  }
}
