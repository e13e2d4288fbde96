import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

import { BytePieces } from './byte-pieces.ts';
import { deleted, deleteMarker } from './delete-marker.ts';
import { forgetBytes, keepBytes } from './kept-bytes.ts';
import { newVersion } from './new-version.ts';
import { ObjectIndex } from './object-index.ts';
import type { IndexEntry } from './object-index.ts';
import type {
  BucketChange,
  BucketRecord,
  ByteRange,
  CommitOptions,
  CommitOutcome,
  DeleteOptions,
  ListQuery,
  NewObject,
  ObjectChange,
  ObjectContent,
  ObjectStore,
  StagedBytes,
  StoredObject,
  VersionQuery,
} from './object-store.ts';
import { refuseCommit } from './refuse-commit.ts';
import { StoreError } from './store-error.ts';

const NO_BYTES = new BytePieces([]);

/** Keeps everything in memory, for tests and throw-away emulators. A version that is being read stays as it is. */
export class MemoryObjectStore implements ObjectStore {
  readonly #index = new ObjectIndex<BytePieces>();
  readonly #staged = new Map<string, BytePieces>();

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
    try {
      for await (const chunk of bytes) {
        chunks.push(keepBytes(chunk));
      }
    } catch (error) {
      forgetBytes(new BytePieces(chunks).sizeBytes);
      throw error;
    }
    const stageId = randomUUID();
    const content = new BytePieces(chunks);
    this.#staged.set(stageId, content);
    return { stageId, sizeBytes: content.sizeBytes };
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
    const bucket = this.#index.getBucket(object.bucket);
    if (bucket === undefined) {
      forgetBytes(content.sizeBytes);
      return { outcome: 'bucket-missing' };
    }
    const current = this.#find(object.bucket, object.key, undefined)?.object;
    const refused = refuseCommit(current, options);
    if (refused !== undefined) {
      forgetBytes(content.sizeBytes);
      return refused;
    }
    const version = newVersion(bucket, options.replaces === undefined ? undefined : current);
    const entry = { object: { ...object, sizeBytes: content.sizeBytes, ...version }, content };
    this.#index.put(entry);
    if (bucket.versioning === undefined) {
      forgetBytes(current?.sizeBytes ?? 0);
    }
    return { outcome: 'committed', versionId: this.#index.objectOf(entry).versionId };
  }

  async discard({ stageId }: StagedBytes) {
    forgetBytes(this.#staged.get(stageId)?.sizeBytes ?? 0);
    this.#staged.delete(stageId);
  }

  async head(bucket: string, key: string, versionId?: string) {
    const entry = this.#find(bucket, key, versionId);
    return entry === undefined ? undefined : this.#index.objectOf(entry);
  }

  async read(bucket: string, key: string, range?: ByteRange, versionId?: string): Promise<ObjectContent | undefined> {
    const entry = this.#find(bucket, key, versionId);
    if (entry === undefined) {
      return undefined;
    }
    const { content } = entry;
    const pieces = range === undefined ? content.between() : content.between(range.start, range.end + 1);
    return { object: this.#index.objectOf(entry), bytes: Readable.from(pieces) };
  }

  async findDeleteMarker(bucket: string, key: string, versionId?: string) {
    return this.#index.findDeleteMarker(bucket, key, versionId);
  }

  async updateObject(bucket: string, key: string, change: (object: StoredObject) => ObjectChange, versionId?: string) {
    const entry = this.#find(bucket, key, versionId);
    if (entry === undefined) {
      return undefined;
    }
    const changed = { ...entry, object: { ...entry.object, ...change(this.#index.objectOf(entry)) } };
    this.#index.replace(entry, changed);
    return this.#index.objectOf(changed);
  }

  async delete(bucketName: string, key: string, { versionId, deletedAt = new Date() }: DeleteOptions = {}) {
    const bucket = this.#index.getBucket(bucketName);
    if (bucket?.versioning !== undefined && versionId === undefined) {
      const object = deleteMarker({ bucket, key, deletedAt });
      this.#index.put({ object, content: NO_BYTES, isDeleteMarker: true });
      return deleted(object, true);
    }
    const entry = this.#index.get(bucketName, key, versionId);
    if (entry === undefined) {
      return { outcome: 'missing' } as const;
    }
    this.#index.remove(entry);
    forgetBytes(entry.content.sizeBytes);
    return deleted(this.#index.objectOf(entry), entry.isDeleteMarker);
  }

  async list(bucket: string, query: ListQuery) {
    return this.#index.list(bucket, query);
  }

  async listVersions(bucket: string, query: VersionQuery) {
    return this.#index.listVersions(bucket, query);
  }

  async reset() {
    this.#index.clear();
    this.#staged.clear();
    forgetBytes(Number.POSITIVE_INFINITY);
  }

  async close() {
    await this.reset();
  }

  #find(bucket: string, key: string, versionId: string | undefined): IndexEntry<BytePieces> | undefined {
    const entry = this.#index.get(bucket, key, versionId);
    return entry?.isDeleteMarker === true ? undefined : entry;
  }
}
