import { compareUtf8 } from './compare-utf8.ts';
import { listPage } from './list-page.ts';
import { listVersionsPage } from './list-versions-page.ts';
import type {
  BucketChange,
  BucketRecord,
  ListedVersion,
  ListPage,
  ListQuery,
  StoredObject,
  VersionPage,
  VersionQuery,
} from './object-store.ts';
import { addSortedKey, removeSortedKey } from './sorted-keys.ts';
import { NULL_VERSION_ID } from './version-id.ts';

/** A version of an object, or a delete marker, and where its bytes are; what `Content` is only the store knows. */
export interface IndexEntry<Content> {
  /** Without a version id: the one without an id of its own. */
  readonly object: StoredObject;
  readonly content: Content;
  readonly isDeleteMarker?: boolean;
}

interface IndexedBucket<Content> {
  record: BucketRecord;
  /** The current version of every key. */
  readonly current: Map<string, IndexEntry<Content>>;
  /** The versions behind the current one, from the newest to the oldest; only for keys that have some. */
  readonly older: Map<string, readonly IndexEntry<Content>[]>;
  /** Keys whose current version is an object, in the order in which they are listed. */
  readonly objectKeys: string[];
  /** Keys whose current version is a delete marker. */
  readonly markerKeys: string[];
}

/**
 * All buckets and the heads of all versions in memory, for the stores that have one process to themselves. Every method is
 * synchronous, so a store that looks and changes without `await` between needs no lock.
 */
export class ObjectIndex<Content> {
  readonly #buckets = new Map<string, IndexedBucket<Content>>();

  getBucket(name: string): BucketRecord | undefined {
    return this.#buckets.get(name)?.record;
  }

  listBuckets(): readonly BucketRecord[] {
    const records = [...this.#buckets.values()].map((bucket) => bucket.record);
    return records.sort((a, b) => compareUtf8(a.name, b.name));
  }

  /** Delete markers count too. */
  hasObjects(bucket: string): boolean {
    return (this.#buckets.get(bucket)?.current.size ?? 0) > 0;
  }

  /** @param entries whatever the bucket holds already: those of the same key from the oldest to the newest */
  addBucket(record: BucketRecord, entries: readonly IndexEntry<Content>[] = []): void {
    const bucket: IndexedBucket<Content> = {
      record,
      current: new Map(),
      older: new Map(),
      objectKeys: [],
      markerKeys: [],
    };
    for (const entry of entries) {
      pushVersion(bucket, entry);
    }
    for (const [key, entry] of bucket.current) {
      keysLike(bucket, entry).push(key);
    }
    bucket.objectKeys.sort(compareUtf8);
    bucket.markerKeys.sort(compareUtf8);
    this.#buckets.set(record.name, bucket);
  }

  /** @returns the new record; `undefined` when there is no such bucket */
  updateBucket(name: string, change: BucketChange): BucketRecord | undefined {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) {
      return undefined;
    }
    bucket.record = { ...change(bucket.record), name };
    return bucket.record;
  }

  removeBucket(name: string): void {
    this.#buckets.delete(name);
  }

  clear(): void {
    this.#buckets.clear();
  }

  /** @param versionId the current version unless given. @returns a delete marker too */
  get(bucketName: string, key: string, versionId?: string): IndexEntry<Content> | undefined {
    const bucket = this.#buckets.get(bucketName);
    const current = bucket?.current.get(key);
    if (bucket === undefined || current === undefined || versionId === undefined) {
      return current;
    }
    return [current, ...(bucket.older.get(key) ?? [])].find((entry) => idOf(entry) === versionId);
  }

  /** The object of an entry as readers see it: in a bucket with versioning, with its version id. */
  objectOf({ object }: IndexEntry<Content>): StoredObject {
    const isVersioned = this.getBucket(object.bucket)?.versioning !== undefined;
    return isVersioned && object.versionId === undefined ? { ...object, versionId: NULL_VERSION_ID } : object;
  }

  findDeleteMarker(bucketName: string, key: string, versionId?: string): ListedVersion | undefined {
    const entry = this.get(bucketName, key, versionId);
    if (entry?.isDeleteMarker !== true) {
      return undefined;
    }
    return { object: this.objectOf(entry), isDeleteMarker: true, isLatest: entry === this.get(bucketName, key) };
  }

  /**
   * Makes the version the current one of its key; one that has the same id, or no id either, is replaced. The bucket has
   * to be there: without it, nothing is kept.
   */
  put(entry: IndexEntry<Content>): void {
    const bucket = this.#buckets.get(entry.object.bucket);
    if (bucket !== undefined) {
      changeCurrent(bucket, entry.object.key, () => pushVersion(bucket, entry));
    }
  }

  /** Changes a version where it stands. */
  replace(before: IndexEntry<Content>, after: IndexEntry<Content>): void {
    const { bucket: bucketName, key } = before.object;
    const bucket = this.#buckets.get(bucketName);
    if (bucket?.current.get(key) === before) {
      bucket.current.set(key, after);
    } else {
      const older = bucket?.older.get(key)?.map((entry) => (entry === before ? after : entry));
      bucket?.older.set(key, older ?? []);
    }
  }

  /** Forgets a version; the one behind the current one becomes current. */
  remove(removed: IndexEntry<Content>): void {
    const { bucket: bucketName, key } = removed.object;
    const bucket = this.#buckets.get(bucketName);
    if (bucket === undefined) {
      return;
    }
    changeCurrent(bucket, key, () => {
      const versions = versionsOf(bucket, key).filter((entry) => entry !== removed);
      setVersions(bucket, key, versions);
    });
  }

  list(bucketName: string, query: ListQuery): ListPage {
    const bucket = this.#buckets.get(bucketName);
    if (bucket === undefined) {
      return { objects: [], commonPrefixes: [], nextStartAfter: undefined };
    }
    const getObject = (key: string): StoredObject => this.objectOf(bucket.current.get(key) as IndexEntry<Content>);
    return listPage(bucket.objectKeys, getObject, query);
  }

  listVersions(bucketName: string, query: VersionQuery): VersionPage {
    const bucket = this.#buckets.get(bucketName);
    if (bucket === undefined) {
      return { versions: [], commonPrefixes: [], next: undefined };
    }
    const getVersions = (key: string): ListedVersion[] =>
      versionsOf(bucket, key).map((entry, index) => ({
        object: this.objectOf(entry),
        isDeleteMarker: entry.isDeleteMarker === true,
        isLatest: index === 0,
      }));
    return listVersionsPage([bucket.objectKeys, bucket.markerKeys], getVersions, query);
  }
}

function idOf<Content>({ object }: IndexEntry<Content>): string {
  return object.versionId ?? NULL_VERSION_ID;
}

function versionsOf<Content>(bucket: IndexedBucket<Content>, key: string): readonly IndexEntry<Content>[] {
  const current = bucket.current.get(key);
  return current === undefined ? [] : [current, ...(bucket.older.get(key) ?? [])];
}

function setVersions<Content>(
  bucket: IndexedBucket<Content>,
  key: string,
  [current, ...older]: readonly IndexEntry<Content>[],
): void {
  if (current === undefined) {
    bucket.current.delete(key);
  } else {
    bucket.current.set(key, current);
  }
  if (older.length === 0) {
    bucket.older.delete(key);
  } else {
    bucket.older.set(key, older);
  }
}

function pushVersion<Content>(bucket: IndexedBucket<Content>, entry: IndexEntry<Content>): void {
  const { key } = entry.object;
  const others = versionsOf(bucket, key).filter((other) => idOf(other) !== idOf(entry));
  setVersions(bucket, key, [entry, ...others]);
}

function keysLike<Content>(bucket: IndexedBucket<Content>, { isDeleteMarker }: IndexEntry<Content>): string[] {
  return isDeleteMarker === true ? bucket.markerKeys : bucket.objectKeys;
}

/** Keeps the sorted keys in step with whatever `change` makes the current version. */
function changeCurrent<Content>(bucket: IndexedBucket<Content>, key: string, change: () => void): void {
  const before = bucket.current.get(key);
  change();
  const after = bucket.current.get(key);
  const keysBefore = before === undefined ? undefined : keysLike(bucket, before);
  const keysAfter = after === undefined ? undefined : keysLike(bucket, after);
  if (keysBefore === keysAfter) {
    return;
  }
  if (keysBefore !== undefined) {
    removeSortedKey(keysBefore, key);
  }
  if (keysAfter !== undefined) {
    addSortedKey(keysAfter, key);
  }
}
