import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import { consumeSource } from './consume-source.ts';
import { KeyedLock } from './keyed-lock.ts';
import { mapConcurrently } from './map-concurrently.ts';
import type {
  BucketChange,
  BucketRecord,
  ByteRange,
  CommitOptions,
  CommitOutcome,
  ListPage,
  ListQuery,
  NewObject,
  ObjectChange,
  ObjectContent,
  ObjectStore,
  StagedBytes,
  StoredObject,
} from './object-store.ts';
import { createSystemBucket, STAGING_PREFIX, SYSTEM_BUCKET } from './s3-bucket-records.ts';
import { S3Buckets } from './s3-buckets.ts';
import { BUCKET_MISSING_CODES, OBJECT_EXISTS_CODES, OBJECT_MISSING_CODES, S3Connection } from './s3-connection.ts';
import type { S3Settings } from './s3-connection.ts';
import { listNames } from './s3-listing.ts';
import type { ListedName } from './s3-listing.ts';
import { decodeObjectHeaders, encodeObjectHeaders } from './s3-object-headers.ts';
import { stageInS3 } from './s3-staging.ts';
import type { S3StagedContent } from './s3-staging.ts';
import { StoreError } from './store-error.ts';

const REQUESTS_AT_ONCE = 16;

/**
 * Keeps objects on an S3 server, each an ordinary S3 object of the same bucket, key, bytes, content type and user metadata
 * (s3-object-headers.ts). Nothing is cached: several emulators may share a server, and other tools may read and write.
 *
 * *Atomic:* an object appears by one PUT, or one copy within the server. `forbidOverwrite` is decided under a lock within
 * this process and by `If-None-Match` on servers that heed it, so only large objects of two emulators could race.
 *
 * Other than OSS: 2 KiB of user metadata in all, keys that the server refuses, such as MinIO with more than 255 bytes
 * between slashes (both are a `StoreError`), and what the server does not list, such as MinIO `a/b` beside `a`.
 */
export class S3ObjectStore implements ObjectStore {
  readonly #connection: S3Connection;
  readonly #buckets: S3Buckets;
  readonly #staged = new Map<string, S3StagedContent>();
  readonly #commits = new KeyedLock();

  /** @throws {StoreError} `setting-invalid`, `s3-unreachable`, `s3-refused` */
  static async open(settings: S3Settings): Promise<S3ObjectStore> {
    const connection = new S3Connection(settings);
    try {
      await createSystemBucket(connection);
    } catch (error) {
      connection.close();
      throw error;
    }
    return new S3ObjectStore(connection);
  }

  private constructor(connection: S3Connection) {
    this.#connection = connection;
    this.#buckets = new S3Buckets(connection);
  }

  async createBucket(bucket: BucketRecord) {
    return this.#buckets.create(bucket);
  }

  async getBucket(name: string) {
    return this.#buckets.find(name);
  }

  async listBuckets() {
    return this.#buckets.list();
  }

  async updateBucket(name: string, change: BucketChange) {
    return this.#buckets.update(name, change);
  }

  async deleteBucket(name: string) {
    return this.#buckets.delete(name);
  }

  async stage(bytes: AsyncIterable<Uint8Array>): Promise<StagedBytes> {
    const staged = await consumeSource(
      bytes,
      (source) => stageInS3(this.#connection, SYSTEM_BUCKET, STAGING_PREFIX, source),
      (error) => this.#connection.failure('staging', error),
    );
    const stageId = randomUUID();
    this.#staged.set(stageId, staged);
    return { stageId, sizeBytes: staged.sizeBytes };
  }

  async commit({ stageId }: StagedBytes, object: NewObject, options: CommitOptions = {}): Promise<CommitOutcome> {
    const staged = this.#staged.get(stageId);
    const name = `${object.bucket}/${object.key}`;
    if (staged === undefined) {
      throw new StoreError('stage-ended', `commit of object ${name}: the staged bytes have ended already`);
    }
    this.#staged.delete(stageId);
    try {
      return await this.#commits.run(name, () => this.#put(staged, object, options));
    } finally {
      await this.#removeStaged(staged);
    }
  }

  async discard({ stageId }: Pick<StagedBytes, 'stageId'>) {
    const staged = this.#staged.get(stageId);
    this.#staged.delete(stageId);
    if (staged !== undefined) {
      await this.#removeStaged(staged);
    }
  }

  async head(bucket: string, key: string): Promise<StoredObject | undefined> {
    const answer = await this.#answerFor('HEAD', bucket, key);
    return answer === undefined ? undefined : decodeObjectHeaders(bucket, key, answer.headers);
  }

  async read(bucket: string, key: string, range?: ByteRange): Promise<ObjectContent | undefined> {
    const headers: Record<string, string> = range === undefined ? {} : { range: `bytes=${range.start}-${range.end}` };
    const answer = await this.#answerFor('GET', bucket, key, headers);
    return answer === undefined
      ? undefined
      : { object: decodeObjectHeaders(bucket, key, answer.headers), bytes: answer };
  }

  /** By a copy of the object onto itself, which a server does without moving the bytes. */
  async updateObject(bucket: string, key: string, change: (object: StoredObject) => ObjectChange) {
    return this.#commits.run(`${bucket}/${key}`, async () => {
      const before = await this.head(bucket, key);
      if (before === undefined) {
        return undefined;
      }
      const object = { ...before, ...change(before) };
      const headers = {
        ...encodeObjectHeaders(object),
        'x-amz-copy-source': `/${bucket}/${encodeURIComponent(key)}`,
        'x-amz-metadata-directive': 'REPLACE',
      };
      const copying = await this.#connection.attempt(`object ${bucket}/${key}`, OBJECT_MISSING_CODES, () =>
        this.#connection.request({ method: 'PUT', bucket, key, headers }),
      );
      return copying.ok ? object : undefined;
    });
  }

  async delete(bucket: string, key: string) {
    // S3 answers the deletion of nothing as it answers that of something.
    if ((await this.head(bucket, key)) === undefined) {
      return 'missing';
    }
    await this.#answerFor('DELETE', bucket, key);
    return 'deleted';
  }

  async list(bucket: string, query: ListQuery): Promise<ListPage> {
    const names: ListedName[] = [];
    await this.#connection.attempt(`bucket ${bucket}`, BUCKET_MISSING_CODES, async () => {
      for await (const listed of listNames(this.#connection, bucket, query)) {
        names.push(listed);
        if (names.length > query.maxKeys) {
          break;
        }
      }
    });
    const page = names.slice(0, query.maxKeys);
    const keys = page.filter((listed) => !listed.isCommonPrefix).map((listed) => listed.name);
    // S3 lists neither metadata nor content type. What was deleted meanwhile is left out.
    const objects = await mapConcurrently(keys, REQUESTS_AT_ONCE, (key) => this.head(bucket, key));
    return {
      objects: objects.filter((object) => object !== undefined),
      commonPrefixes: page.filter((listed) => listed.isCommonPrefix).map((listed) => listed.name),
      nextStartAfter: names.length > query.maxKeys ? page.at(-1)?.name : undefined,
    };
  }
  async reset() {
    await this.#forgetStaged();
    for (const name of await this.#buckets.createdNames()) {
      await this.#removeBucketWithObjects(name);
    }
  }

  async close() {
    await this.#forgetStaged();
    this.#connection.close();
  }

  async #put(
    staged: S3StagedContent,
    object: NewObject,
    { forbidOverwrite = false }: CommitOptions,
  ): Promise<CommitOutcome> {
    const { bucket, key } = object;
    if (bucket === SYSTEM_BUCKET) {
      return { outcome: 'bucket-missing' };
    }
    if (forbidOverwrite && (await this.head(bucket, key)) !== undefined) {
      return { outcome: 'object-exists' };
    }
    const headers: Record<string, string> = {
      ...encodeObjectHeaders(object),
      ...(forbidOverwrite && { 'if-none-match': '*' }),
    };
    const codes = [...BUCKET_MISSING_CODES, ...OBJECT_EXISTS_CODES];
    const putting = await this.#connection.attempt(`object ${bucket}/${key}`, codes, () => {
      if ('memory' in staged) {
        return this.#connection.request({ method: 'PUT', bucket, key, headers, body: staged.memory });
      }
      headers['x-amz-copy-source'] = `/${SYSTEM_BUCKET}/${staged.key}`;
      headers['x-amz-metadata-directive'] = 'REPLACE';
      return this.#connection.request({ method: 'PUT', bucket, key, headers });
    });
    if (putting.ok) {
      return { outcome: 'committed' };
    }
    return { outcome: OBJECT_EXISTS_CODES.includes(putting.code) ? 'object-exists' : 'bucket-missing' };
  }

  /** @returns `undefined` when there is no such object */
  async #answerFor(
    method: 'GET' | 'HEAD' | 'DELETE',
    bucket: string,
    key: string,
    headers: Record<string, string> = {},
  ): Promise<IncomingMessage | undefined> {
    if (bucket === SYSTEM_BUCKET) {
      return undefined;
    }
    const attempt = await this.#connection.attempt(`object ${bucket}/${key}`, OBJECT_MISSING_CODES, () =>
      this.#connection.request({ method, bucket, key, headers }),
    );
    return attempt.ok ? attempt.value : undefined;
  }

  async #removeBucketWithObjects(name: string): Promise<void> {
    const query = { prefix: '', delimiter: '', startAfter: '', maxKeys: Number.MAX_SAFE_INTEGER };
    await this.#connection.attempt(`bucket ${name}`, BUCKET_MISSING_CODES, async () => {
      const keys: string[] = [];
      for await (const listed of listNames(this.#connection, name, query)) {
        keys.push(listed.name);
      }
      await mapConcurrently(keys, REQUESTS_AT_ONCE, (key) => this.#answerFor('DELETE', name, key));
      // MinIO does not list `a/b` while there is an `a`; with this header it removes those too.
      await this.#connection.request({ method: 'DELETE', bucket: name, headers: { 'x-minio-force-delete': 'true' } });
    });
    await this.#buckets.forget(name);
  }

  async #forgetStaged(): Promise<void> {
    await Promise.all([...this.#staged.keys()].map((stageId) => this.discard({ stageId })));
  }

  /** A failure is let pass: what was asked for is done, and the server removes the rest in time. */
  async #removeStaged(staged: S3StagedContent): Promise<void> {
    if ('key' in staged) {
      await this.#connection.client.removeObject(SYSTEM_BUCKET, staged.key).catch(() => undefined);
    }
  }
}
