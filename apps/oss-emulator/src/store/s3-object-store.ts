import { randomUUID } from 'node:crypto';

import { compareUtf8 } from './compare-utf8.ts';
import { consumeSource } from './consume-source.ts';
import { emptyObject } from './delete-marker.ts';
import { KeyedLock } from './keyed-lock.ts';
import { mapConcurrently } from './map-concurrently.ts';
import type {
  BucketChange,
  BucketRecord,
  ByteRange,
  CommitOptions,
  CommitOutcome,
  DeleteOptions,
  ListedVersion,
  ListPage,
  ListQuery,
  NewObject,
  ObjectChange,
  ObjectStore,
  StagedBytes,
  StoredObject,
  VersionPage,
  VersionQuery,
} from './object-store.ts';
import { createSystemBucket, STAGING_PREFIX, SYSTEM_BUCKET } from './s3-bucket-records.ts';
import { S3Buckets } from './s3-buckets.ts';
import { BUCKET_MISSING_CODES, S3Connection } from './s3-connection.ts';
import type { S3Settings } from './s3-connection.ts';
import { listNames } from './s3-listing.ts';
import type { ListedName } from './s3-listing.ts';
import { S3Objects } from './s3-objects.ts';
import type { NamedVersion } from './s3-objects.ts';
import { stageInS3 } from './s3-staging.ts';
import type { S3StagedContent } from './s3-staging.ts';
import { listS3Versions } from './s3-version-listing.ts';
import type { ListedS3Version } from './s3-version-listing.ts';
import { StoreError } from './store-error.ts';

const REQUESTS_AT_ONCE = 16;
/** The most that S3 lists in one answer. */
const MAX_LISTED_VERSIONS = 1_000;

/**
 * Keeps objects on an S3 server, each an ordinary S3 object of the same bucket, key, bytes, content type and user metadata
 * (s3-object-headers.ts). Nothing is cached: several emulators may share a server, and other tools may read and write.
 *
 * *Atomic:* an object appears by one PUT, or one copy within the server. `forbidOverwrite` is decided under a lock within
 * this process and by `If-None-Match` on servers that heed it, so only large objects of two emulators could race;
 * `replaces` by the lock alone.
 *
 * Versions are those of the server, so what an append makes has an id in a bucket with versioning. Other than OSS: 2 KiB of user metadata in all, keys that the server refuses, such as MinIO with more than 255 bytes
 * between slashes (both are a `StoreError`), and what the server does not list, such as MinIO `a/b` beside `a`.
 */
export class S3ObjectStore implements ObjectStore {
  readonly #connection: S3Connection;
  readonly #buckets: S3Buckets;
  readonly #objects: S3Objects;
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
    this.#objects = new S3Objects(connection, this.#buckets);
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
      return await this.#commits.run(name, () => this.#objects.put(staged, object, options));
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

  async head(bucket: string, key: string, versionId?: string) {
    return this.#objects.head({ bucket, key, versionId });
  }

  async read(bucket: string, key: string, range?: ByteRange, versionId?: string) {
    return this.#objects.read({ bucket, key, versionId }, range);
  }

  async findDeleteMarker(bucket: string, key: string, versionId?: string): Promise<ListedVersion | undefined> {
    const marker = await this.#objects.findDeleteMarker({ bucket, key, versionId });
    return marker === undefined ? undefined : listedDeleteMarker(bucket, marker);
  }

  async updateObject(bucket: string, key: string, change: (object: StoredObject) => ObjectChange, versionId?: string) {
    return this.#commits.run(`${bucket}/${key}`, () => this.#objects.update({ bucket, key, versionId }, change));
  }

  async delete(bucket: string, key: string, { versionId }: DeleteOptions = {}) {
    return this.#objects.delete({ bucket, key, versionId });
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
    const isVersioned = await this.#objects.isVersioned(bucket);
    const objects = await mapConcurrently(keys, REQUESTS_AT_ONCE, (key) =>
      this.#objects.head({ bucket, key }, isVersioned),
    );
    return {
      objects: objects.filter((object) => object !== undefined),
      commonPrefixes: page.filter((listed) => listed.isCommonPrefix).map((listed) => listed.name),
      nextStartAfter: names.length > query.maxKeys ? page.at(-1)?.name : undefined,
    };
  }

  async listVersions(bucket: string, query: VersionQuery): Promise<VersionPage> {
    const listing = await this.#connection.attempt(`bucket ${bucket}`, BUCKET_MISSING_CODES, () =>
      listS3Versions(this.#connection, bucket, query),
    );
    if (bucket === SYSTEM_BUCKET || !listing.ok) {
      return { versions: [], commonPrefixes: [], next: undefined };
    }
    const { versions, commonPrefixes, isTruncated } = listing.value;
    const isVersioned = await this.#objects.isVersioned(bucket);
    const listed = await mapConcurrently(versions, REQUESTS_AT_ONCE, async (version) => {
      const { key, versionId, isDeleteMarker, isLatest } = version;
      if (isDeleteMarker) {
        return listedDeleteMarker(bucket, version);
      }
      const named = isVersioned ? { bucket, key, versionId } : { bucket, key };
      const object = await this.#objects.head(named, isVersioned);
      return object === undefined ? undefined : { object, isDeleteMarker, isLatest };
    });
    const next = isTruncated ? nextMarkers(versions.at(-1), commonPrefixes.at(-1)) : undefined;
    return { versions: listed.filter((version) => version !== undefined), commonPrefixes, next };
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

  async *#keys(bucket: string) {
    const query = { prefix: '', delimiter: '', startAfter: '', maxKeys: Number.MAX_SAFE_INTEGER };
    for await (const { name } of listNames(this.#connection, bucket, query)) {
      yield { bucket, key: name };
    }
  }

  async *#versions(bucket: string) {
    const query = { prefix: '', delimiter: '', keyMarker: '', versionIdMarker: '', maxKeys: MAX_LISTED_VERSIONS };
    for (;;) {
      const { versions, isTruncated } = await listS3Versions(this.#connection, bucket, query);
      for (const { key, versionId } of versions) {
        yield { bucket, key, versionId };
        query.keyMarker = key;
        query.versionIdMarker = versionId;
      }
      if (!isTruncated || versions.length === 0) {
        return;
      }
    }
  }

  async #removeBucketWithObjects(name: string): Promise<void> {
    await this.#connection.attempt(`bucket ${name}`, BUCKET_MISSING_CODES, async () => {
      const named: NamedVersion[] = [];
      for await (const version of (await this.#objects.isVersioned(name)) ? this.#versions(name) : this.#keys(name)) {
        named.push(version);
      }
      await mapConcurrently(named, REQUESTS_AT_ONCE, (version) => this.#objects.delete(version));
      // MinIO does not list `a/b` while there is an `a`; with this header it removes those too, and all versions.
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

function listedDeleteMarker(bucket: string, version: ListedS3Version): ListedVersion {
  const { key, versionId, lastModified, isLatest } = version;
  return { object: { ...emptyObject(bucket, key, lastModified), versionId }, isDeleteMarker: true, isLatest };
}

/** The later of both: an answer ends with one of them. */
function nextMarkers(version: ListedS3Version | undefined, commonPrefix = '') {
  return version === undefined || compareUtf8(version.key, commonPrefix) < 0
    ? { keyMarker: commonPrefix, versionIdMarker: '' }
    : { keyMarker: version.key, versionIdMarker: version.versionId };
}
