import { compareUtf8 } from './compare-utf8.ts';
import { firstIndex } from './first-index.ts';
import { listPage } from './list-page.ts';
import type { BucketChange, BucketRecord, ListPage, ListQuery, StoredObject } from './object-store.ts';

/** An object and where its bytes are; what `Content` is only the store knows. */
export interface IndexEntry<Content> {
  readonly object: StoredObject;
  readonly content: Content;
}

interface IndexedBucket<Content> {
  record: BucketRecord;
  readonly entries: Map<string, IndexEntry<Content>>;
  /** The keys of `entries` in the order in which they are listed. */
  readonly sortedKeys: string[];
}

/**
 * All buckets and the heads of all objects in memory, for the stores that have one process to themselves. Every method is
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

  hasObjects(bucket: string): boolean {
    return (this.#buckets.get(bucket)?.entries.size ?? 0) > 0;
  }

  /** @param entries whatever the bucket holds already, in any order */
  addBucket(record: BucketRecord, entries: readonly IndexEntry<Content>[] = []): void {
    const byKey = new Map(entries.map((entry) => [entry.object.key, entry]));
    this.#buckets.set(record.name, { record, entries: byKey, sortedKeys: [...byKey.keys()].sort(compareUtf8) });
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

  get(bucket: string, key: string): IndexEntry<Content> | undefined {
    return this.#buckets.get(bucket)?.entries.get(key);
  }

  /** Adds or replaces the object. The bucket has to be there: without it, nothing is kept. */
  put(entry: IndexEntry<Content>): void {
    const bucket = this.#buckets.get(entry.object.bucket);
    const { key } = entry.object;
    if (bucket !== undefined && !bucket.entries.has(key)) {
      bucket.sortedKeys.splice(
        firstIndex(bucket.sortedKeys, (other) => compareUtf8(other, key) >= 0),
        0,
        key,
      );
    }
    bucket?.entries.set(key, entry);
  }

  remove(bucketName: string, key: string): void {
    const bucket = this.#buckets.get(bucketName);
    if (bucket?.entries.delete(key) === true) {
      bucket.sortedKeys.splice(
        firstIndex(bucket.sortedKeys, (other) => compareUtf8(other, key) >= 0),
        1,
      );
    }
  }

  list(bucketName: string, query: ListQuery): ListPage {
    const bucket = this.#buckets.get(bucketName);
    if (bucket === undefined) {
      return { objects: [], commonPrefixes: [], nextStartAfter: undefined };
    }
    return listPage(bucket.sortedKeys, (key) => (bucket.entries.get(key) as IndexEntry<Content>).object, query);
  }
}
