import { createReadStream, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';

import { makeDirectory } from '../make-directory.ts';
import { lockDataDir } from './data-dir-lock.ts';
import { deleted, deleteMarker } from './delete-marker.ts';
import { notWritable, onDisk } from './disk-failure.ts';
import { BUCKET_FILE_NAME, bucketDir, fileLayout, objectFile, OBJECTS_DIR_NAME, otherFile } from './file-layout.ts';
import type { FileLayout } from './file-layout.ts';
import { FileStaging, finishStagedFile } from './file-staging.ts';
import type { StagedContent } from './file-staging.ts';
import { loadBuckets } from './load-buckets.ts';
import type { LoadedBuckets, StoredFile } from './load-buckets.ts';
import { newVersion } from './new-version.ts';
import { appendTrailer, encodeTrailer } from './object-file.ts';
import type { IndexEntry, ObjectIndex } from './object-index.ts';
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
import { NULL_VERSION_ID } from './version-id.ts';

const READ_BUFFER_BYTES = 256 * 1024;
const NO_BYTES = Buffer.alloc(0);

/**
 * Keeps objects as files (file-layout.ts, object-file.ts) and all heads in memory.
 *
 * *Atomic:* a file is written under `staging` and appears by one rename. Checking, renaming and changing the index happen
 * in one synchronous step, so within the process nothing comes between and no lock is needed; a rename takes some ten
 * microseconds. Who reads has opened the file in such a step too, and keeps that version to the end.
 *
 * *Durable:* nothing is fsynced. An acknowledged object survives the death of the process at any moment, because the
 * operating system has it; it need not survive a power failure. Files that such a failure left in pieces are put aside at
 * the next start.
 */
export class FileObjectStore implements ObjectStore {
  readonly #layout: FileLayout;
  readonly #index: ObjectIndex<StoredFile>;
  readonly #staging: FileStaging;
  readonly #releaseLock: () => void;
  #nextSequence: number;

  /**
   * @param dataDir created when it is not there
   * @throws {StoreError} `data-dir-not-writable`, `data-dir-in-use`, `data-dir-damaged`
   */
  static async open(dataDir: string): Promise<FileObjectStore> {
    const layout = fileLayout(resolve(dataDir));
    let releaseLock: (() => void) | undefined;
    try {
      await makeDirectory(layout.dataDir);
      releaseLock = lockDataDir(layout.dataDir, layout.lockFile);
      await rm(layout.stagingDir, { recursive: true, force: true });
      mkdirSync(layout.stagingDir);
      mkdirSync(layout.bucketsDir, { recursive: true });
      return new FileObjectStore(layout, loadBuckets(layout), releaseLock);
    } catch (error) {
      releaseLock?.();
      throw error instanceof StoreError ? error : notWritable(layout.dataDir, error);
    }
  }

  private constructor(layout: FileLayout, { index, nextSequence }: LoadedBuckets, releaseLock: () => void) {
    this.#layout = layout;
    this.#index = index;
    this.#nextSequence = nextSequence;
    this.#staging = new FileStaging(layout.stagingDir);
    this.#releaseLock = releaseLock;
  }

  async createBucket(bucket: BucketRecord) {
    if (this.#index.getBucket(bucket.name) !== undefined) {
      return 'exists';
    }
    const prepared = this.#staging.newPath();
    await onDisk(`bucket ${bucket.name}`, () => {
      mkdirSync(join(prepared, OBJECTS_DIR_NAME), { recursive: true });
      writeFileSync(join(prepared, BUCKET_FILE_NAME), JSON.stringify(bucket));
      renameSync(prepared, bucketDir(this.#layout, bucket.name));
      this.#index.addBucket(bucket);
    });
    return 'created';
  }

  async getBucket(name: string) {
    return this.#index.getBucket(name);
  }

  async listBuckets() {
    return this.#index.listBuckets();
  }

  async updateBucket(name: string, change: BucketChange) {
    const bucket = this.#index.getBucket(name);
    if (bucket === undefined) {
      return undefined;
    }
    const changed = { ...change(bucket), name };
    const prepared = this.#staging.newPath();
    await onDisk(`bucket ${name}`, () => {
      writeFileSync(prepared, JSON.stringify(changed));
      renameSync(prepared, join(bucketDir(this.#layout, name), BUCKET_FILE_NAME));
      this.#index.updateBucket(name, () => changed);
    });
    return changed;
  }

  async deleteBucket(name: string) {
    if (this.#index.getBucket(name) === undefined) {
      return 'missing';
    }
    if (this.#index.hasObjects(name)) {
      return 'not-empty';
    }
    await this.#remove(`bucket ${name}`, bucketDir(this.#layout, name), () => this.#index.removeBucket(name));
    return 'deleted';
  }

  async stage(bytes: AsyncIterable<Uint8Array>) {
    return this.#staging.stage(bytes);
  }

  async commit({ stageId }: StagedBytes, object: NewObject, options: CommitOptions = {}): Promise<CommitOutcome> {
    const staged = this.#staging.take(stageId);
    const name = `object ${object.bucket}/${object.key}`;
    if (staged === undefined) {
      throw new StoreError('stage-ended', `commit of ${name}: the staged bytes have ended already`);
    }
    let outcome: CommitOutcome | undefined;
    try {
      outcome = await onDisk(name, () => this.#commit(staged, object, options));
      return outcome;
    } finally {
      if (outcome?.outcome !== 'committed') {
        await this.#staging.discard(staged);
      }
    }
  }

  async discard({ stageId }: Pick<StagedBytes, 'stageId'>) {
    await this.#staging.discard(this.#staging.take(stageId));
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
    const object = this.#index.objectOf(entry);
    const { path } = entry.content;
    const { start, end } = range ?? { start: 0, end: object.sizeBytes - 1 };
    if (object.sizeBytes === 0) {
      return { object, bytes: Readable.from([]) };
    }
    const fd = await onDisk(`object ${bucket}/${key}`, () => openSync(path, 'r'));
    return { object, bytes: createReadStream(path, { fd, start, end, highWaterMark: READ_BUFFER_BYTES }) };
  }

  async findDeleteMarker(bucket: string, key: string, versionId?: string) {
    return this.#index.findDeleteMarker(bucket, key, versionId);
  }

  /** Synchronous up to the answer, as `commit` is: a new head is written behind the one that is in the file. */
  async updateObject(bucket: string, key: string, change: (object: StoredObject) => ObjectChange, versionId?: string) {
    const entry = this.#find(bucket, key, versionId);
    if (entry === undefined) {
      return undefined;
    }
    const { path, sequence } = entry.content;
    const object = { ...entry.object, ...change(this.#index.objectOf(entry)) };
    const changed = { ...entry, object };
    await onDisk(`object ${bucket}/${key}`, () => {
      appendTrailer(path, { object, sequence });
      this.#index.replace(entry, changed);
    });
    return this.#index.objectOf(changed);
  }

  async delete(bucketName: string, key: string, { versionId, deletedAt = new Date() }: DeleteOptions = {}) {
    const name = `object ${bucketName}/${key}`;
    const bucket = this.#index.getBucket(bucketName);
    if (bucket?.versioning !== undefined && versionId === undefined) {
      const object = deleteMarker({ bucket, key, deletedAt });
      await onDisk(name, () => this.#switchTo({ memory: NO_BYTES, sizeBytes: 0 }, object, true));
      return deleted(object, true);
    }
    const entry = this.#index.get(bucketName, key, versionId);
    if (entry === undefined) {
      return { outcome: 'missing' } as const;
    }
    const outcome = deleted(this.#index.objectOf(entry), entry.isDeleteMarker);
    await this.#remove(name, entry.content.path, () => this.#index.remove(entry));
    return outcome;
  }

  async list(bucket: string, query: ListQuery) {
    return this.#index.list(bucket, query);
  }

  async listVersions(bucket: string, query: VersionQuery) {
    return this.#index.listVersions(bucket, query);
  }

  async reset() {
    await this.#staging.discardAll();
    await this.#remove('reset', this.#layout.bucketsDir, () => {
      mkdirSync(this.#layout.bucketsDir);
      this.#index.clear();
    });
  }

  async close() {
    await this.#staging.discardAll();
    this.#releaseLock();
  }

  #find(bucket: string, key: string, versionId: string | undefined): IndexEntry<StoredFile> | undefined {
    const entry = this.#index.get(bucket, key, versionId);
    return entry?.isDeleteMarker === true ? undefined : entry;
  }

  /** Synchronous: see "Atomic" above. */
  #commit(staged: StagedContent, object: NewObject, options: CommitOptions): CommitOutcome {
    const bucket = this.#index.getBucket(object.bucket);
    if (bucket === undefined) {
      return { outcome: 'bucket-missing' };
    }
    const current = this.#find(object.bucket, object.key, undefined)?.object;
    const refused = refuseCommit(current, options);
    if (refused !== undefined) {
      return refused;
    }
    const version = newVersion(bucket, options.replaces === undefined ? undefined : current);
    const stored = { ...object, sizeBytes: staged.sizeBytes, ...version };
    const entry = this.#switchTo(staged, stored);
    return { outcome: 'committed', versionId: this.#index.objectOf(entry).versionId };
  }

  /** Synchronous: see "Atomic" above. Without a version id, it takes the place of the version that has none either. */
  #switchTo(staged: StagedContent, object: StoredObject, isDeleteMarker = false): IndexEntry<StoredFile> {
    const sequence = this.#nextSequence;
    this.#nextSequence += 1;
    const { bucket, key, versionId = NULL_VERSION_ID } = object;
    const replaced = this.#index.get(bucket, key, versionId)?.content.path;
    const path = pathBeside(replaced, staged) ?? objectFile(this.#layout, object);
    const trailer = encodeTrailer({ object, sequence, isDeleteMarker });
    renameSync(finishStagedFile(staged, trailer, this.#staging.newPath()), path);
    const entry = { object, content: { path, sequence }, isDeleteMarker };
    this.#index.put(entry);
    if (replaced !== undefined && replaced !== path) this.#staging.putAway(replaced);
    return entry;
  }

  /** Gone at once, by a rename; what may take longer comes after, and a restart would do it too. */
  async #remove(name: string, path: string, changeIndex: () => void): Promise<void> {
    const removed = this.#staging.newPath();
    await onDisk(name, () => {
      renameSync(path, removed);
      changeIndex();
      return rm(removed, { recursive: true });
    });
  }
}

/**
 * Where a version goes that replaces another: a small one over it, a large one under the other of two names. What is to
 * replace a file may be written out first (ext4: `auto_da_alloc`), and the emulator would stand still meanwhile.
 */
function pathBeside(replaced: string | undefined, staged: StagedContent): string | undefined {
  return replaced !== undefined && 'file' in staged ? otherFile(replaced) : replaced;
}
