import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

import { decodeBucketRecord } from './decode-bucket-record.ts';
import type { WrittenBucketRecord } from './decode-bucket-record.ts';
import { BUCKET_FILE_NAME, bucketDir, OBJECTS_DIR_NAME } from './file-layout.ts';
import type { FileLayout } from './file-layout.ts';
import { readHead } from './object-file.ts';
import { ObjectIndex } from './object-index.ts';
import type { IndexEntry } from './object-index.ts';
import type { BucketRecord } from './object-store.ts';
import { StoreError } from './store-error.ts';
import { NULL_VERSION_ID } from './version-id.ts';

/** Where a version is on disk. */
export interface StoredFile {
  readonly path: string;
  /** As in the head of the file: of two versions of an object, the newer has the larger one. */
  readonly sequence: number;
}

export interface LoadedBuckets {
  readonly index: ObjectIndex<StoredFile>;
  /** Larger than that of any file. */
  readonly nextSequence: number;
}

/**
 * Reads all heads into memory. Synchronous on purpose: nobody is served yet, and ten thousand small reads are several times
 * quicker without a trip through the thread pool for each.
 *
 * @throws {StoreError} `data-dir-damaged`; what the file system throws
 */
export function loadBuckets(layout: FileLayout): LoadedBuckets {
  const index = new ObjectIndex<StoredFile>();
  let lastSequence = 0;
  for (const name of readdirSync(layout.bucketsDir)) {
    const dir = join(layout.bucketsDir, name);
    if (existsSync(join(dir, BUCKET_FILE_NAME))) {
      const found = readObjects(layout, join(dir, OBJECTS_DIR_NAME));
      const entries = withoutReplaced(found.toSorted((a, b) => a.content.sequence - b.content.sequence));
      index.addBucket(readBucket(layout, dir), entries);
      lastSequence = Math.max(lastSequence, entries.at(-1)?.content.sequence ?? 0);
    } else {
      putAside(layout, dir);
    }
  }
  return { index, nextSequence: lastSequence + 1 };
}

/**
 * Only ever put in place by a rename, so it is whole, unless the power failed (see file-object-store.ts). Whose objects these
 * are and who may read them is nothing to guess.
 */
function readBucket(layout: FileLayout, dir: string): BucketRecord {
  const file = join(dir, BUCKET_FILE_NAME);
  let problem: string;
  try {
    const record = decodeBucketRecord(JSON.parse(readFileSync(file, 'utf8')) as WrittenBucketRecord);
    if (typeof record.name === 'string' && bucketDir(layout, record.name) === dir) return record;
    problem = 'it is of no bucket, or of another one';
  } catch (error) {
    problem = (error as Error).message;
  }
  throw new StoreError(
    'data-dir-damaged',
    `${file}: not as the emulator wrote it (${problem}); put back a copy of it, or move ${relative(layout.dataDir, dir)} away`,
  );
}

function readObjects(layout: FileLayout, objectsDir: string): IndexEntry<StoredFile>[] {
  const entries: IndexEntry<StoredFile>[] = [];
  // An unpacked backup may lack it when it was empty.
  mkdirSync(objectsDir, { recursive: true });
  for (const file of readdirSync(objectsDir, { withFileTypes: true })) {
    const path = join(objectsDir, file.name);
    // Links lead away from here, and a pipe would never be read to its end.
    const head = file.isFile() ? readHead(path) : undefined;
    if (head === undefined) {
      putAside(layout, path);
    } else {
      const { object, sequence, isDeleteMarker = false } = head;
      entries.push({ object, content: { path, sequence }, isDeleteMarker });
    }
  }
  return entries;
}

/**
 * A process that was killed while it replaced a version left both files: the newer one counts.
 * @param entries from the oldest to the newest
 */
function withoutReplaced(entries: readonly IndexEntry<StoredFile>[]): IndexEntry<StoredFile>[] {
  const newest = new Map<string, IndexEntry<StoredFile>>();
  for (const entry of entries) {
    const { key, versionId = NULL_VERSION_ID } = entry.object;
    const version = `${versionId} ${key}`;
    const replaced = newest.get(version);
    if (replaced !== undefined) {
      rmSync(replaced.content.path);
      newest.delete(version);
    }
    newest.set(version, entry);
  }
  return [...newest.values()];
}

/** Not removed: it may be somebody's only copy, or nothing of ours at all. */
function putAside({ damagedDir }: FileLayout, path: string): void {
  mkdirSync(damagedDir, { recursive: true });
  renameSync(path, join(damagedDir, `${basename(path)}-${Date.now()}`));
}
