import { randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';

import { makeDirectory } from '../make-directory.ts';
import { consumeSource } from './consume-source.ts';
import { lockDataDir } from './data-dir-lock.ts';
import { diskFailure, notWritable, onDisk } from './disk-failure.ts';
import { BUCKET_FILE_NAME, bucketDir, fileLayout, objectFile, OBJECTS_DIR_NAME } from './file-layout.ts';
import type { FileLayout } from './file-layout.ts';
import { loadBuckets } from './load-buckets.ts';
import { appendTrailer, encodeTrailer } from './object-file.ts';
import { ObjectIndex } from './object-index.ts';
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
import { smallOrLarge } from './small-or-large.ts';
import { StoreError } from './store-error.ts';
import { writeStagedFile } from './write-staged-file.ts';

/** Objects up to this size are staged in memory: their file is written in one go when they are committed. */
const SMALL_OBJECT_BYTES = 64 * 1024;
const READ_BUFFER_BYTES = 256 * 1024;

type StagedContent =
  | { readonly memory: Buffer; readonly sizeBytes: number }
  | { readonly file: string; readonly sizeBytes: number };

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
  readonly #index: ObjectIndex<string>;
  readonly #releaseLock: () => void;
  readonly #staged = new Map<string, StagedContent>();

  /**
   * @param dataDir created when it is not there
   * @throws {StoreError} `data-dir-not-writable`, `data-dir-in-use`
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

  private constructor(layout: FileLayout, index: ObjectIndex<string>, releaseLock: () => void) {
    this.#layout = layout;
    this.#index = index;
    this.#releaseLock = releaseLock;
  }

  async createBucket(bucket: BucketRecord) {
    if (this.#index.getBucket(bucket.name) !== undefined) {
      return 'exists';
    }
    const prepared = this.#newStagingPath();
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
    const prepared = this.#newStagingPath();
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

  async stage(bytes: AsyncIterable<Uint8Array>): Promise<StagedBytes> {
    const staged = await consumeSource(
      bytes,
      (source) => this.#stage(source),
      (error) => diskFailure('staging', error),
    );
    const stageId = randomUUID();
    this.#staged.set(stageId, staged);
    return { stageId, sizeBytes: staged.sizeBytes };
  }

  async commit({ stageId }: StagedBytes, object: NewObject, options: CommitOptions = {}): Promise<CommitOutcome> {
    const staged = this.#staged.get(stageId);
    const name = `object ${object.bucket}/${object.key}`;
    if (staged === undefined) {
      throw new StoreError('stage-ended', `commit of ${name}: the staged bytes have ended already`);
    }
    this.#staged.delete(stageId);
    const file = 'file' in staged ? staged.file : this.#newStagingPath();
    let outcome: CommitOutcome | undefined;
    try {
      outcome = await onDisk(name, async () => {
        const stored = { ...object, sizeBytes: staged.sizeBytes };
        const trailer = encodeTrailer(stored);
        if ('file' in staged) {
          await appendFile(file, trailer);
        } else {
          // Handing so little to the thread pool costs two to three times as much as writing it (measured).
          writeFileSync(file, Buffer.concat([staged.memory, trailer]));
        }
        return this.#switchTo(file, stored, options);
      });
      return outcome;
    } finally {
      if (outcome?.outcome !== 'committed') {
        await rm(file, { force: true });
      }
    }
  }

  async discard({ stageId }: Pick<StagedBytes, 'stageId'>) {
    const staged = this.#staged.get(stageId);
    this.#staged.delete(stageId);
    if (staged !== undefined && 'file' in staged) {
      await onDisk('discard', () => rm(staged.file, { force: true }));
    }
  }

  async head(bucket: string, key: string) {
    return this.#index.get(bucket, key)?.object;
  }

  async read(bucket: string, key: string, range?: ByteRange): Promise<ObjectContent | undefined> {
    const entry = this.#index.get(bucket, key);
    if (entry === undefined) {
      return undefined;
    }
    const { object, content: file } = entry;
    const { start, end } = range ?? { start: 0, end: object.sizeBytes - 1 };
    if (object.sizeBytes === 0) {
      return { object, bytes: Readable.from([]) };
    }
    const fd = await onDisk(`object ${bucket}/${key}`, () => openSync(file, 'r'));
    return { object, bytes: createReadStream(file, { fd, start, end, highWaterMark: READ_BUFFER_BYTES }) };
  }

  /** Synchronous up to the answer, as `commit` is: a new head is written behind the one that is in the file. */
  async updateObject(bucket: string, key: string, change: (object: StoredObject) => ObjectChange) {
    const entry = this.#index.get(bucket, key);
    if (entry === undefined) {
      return undefined;
    }
    const object = { ...entry.object, ...change(entry.object) };
    await onDisk(`object ${bucket}/${key}`, () => {
      appendTrailer(entry.content, object);
      this.#index.put({ ...entry, object });
    });
    return object;
  }

  async delete(bucket: string, key: string) {
    const entry = this.#index.get(bucket, key);
    if (entry === undefined) {
      return 'missing';
    }
    await this.#remove(`object ${bucket}/${key}`, entry.content, () => this.#index.remove(bucket, key));
    return 'deleted';
  }

  async list(bucket: string, query: ListQuery) {
    return this.#index.list(bucket, query);
  }

  async reset() {
    await this.#forgetStaged();
    await this.#remove('reset', this.#layout.bucketsDir, () => {
      mkdirSync(this.#layout.bucketsDir);
      this.#index.clear();
    });
  }

  async close() {
    await this.#forgetStaged();
    this.#releaseLock();
  }

  async #stage(bytes: AsyncIterable<Uint8Array>): Promise<StagedContent> {
    const content = await smallOrLarge(bytes, SMALL_OBJECT_BYTES);
    if ('small' in content) {
      return { memory: content.small, sizeBytes: content.small.length };
    }
    const file = this.#newStagingPath();
    return { file, sizeBytes: await writeStagedFile(file, content.large) };
  }

  /** Synchronous: see "Atomic" above. */
  #switchTo(file: string, object: StoredObject, { forbidOverwrite = false }: CommitOptions): CommitOutcome {
    const { bucket, key } = object;
    if (this.#index.getBucket(bucket) === undefined) {
      return { outcome: 'bucket-missing' };
    }
    if (forbidOverwrite && this.#index.get(bucket, key) !== undefined) {
      return { outcome: 'object-exists' };
    }
    const target = objectFile(this.#layout, bucket, key);
    renameSync(file, target);
    this.#index.put({ object, content: target });
    return { outcome: 'committed' };
  }

  /** Gone at once, by a rename; what may take longer comes after, and a restart would do it too. */
  async #remove(name: string, path: string, changeIndex: () => void): Promise<void> {
    const removed = this.#newStagingPath();
    await onDisk(name, () => {
      renameSync(path, removed);
      changeIndex();
      return rm(removed, { recursive: true });
    });
  }

  async #forgetStaged(): Promise<void> {
    await Promise.all([...this.#staged.keys()].map((stageId) => this.discard({ stageId })));
  }

  #newStagingPath(): string {
    return join(this.#layout.stagingDir, randomUUID());
  }
}
