import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';

import { decodeBucketRecord } from './decode-bucket-record.ts';
import type { WrittenBucketRecord } from './decode-bucket-record.ts';
import { BUCKET_FILE_NAME, OBJECTS_DIR_NAME } from './file-layout.ts';
import type { FileLayout } from './file-layout.ts';
import { readHead } from './object-file.ts';
import { ObjectIndex } from './object-index.ts';
import type { IndexEntry } from './object-index.ts';
import type { BucketRecord } from './object-store.ts';

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
 * @throws what the file system throws
 */
export function loadBuckets(layout: FileLayout): LoadedBuckets {
  const index = new ObjectIndex<StoredFile>();
  let lastSequence = 0;
  for (const name of readdirSync(layout.bucketsDir)) {
    const dir = join(layout.bucketsDir, name);
    if (existsSync(join(dir, BUCKET_FILE_NAME))) {
      const entries = readObjects(layout, join(dir, OBJECTS_DIR_NAME));
      entries.sort((a, b) => a.content.sequence - b.content.sequence);
      index.addBucket(readBucket(join(dir, BUCKET_FILE_NAME)), entries);
      lastSequence = Math.max(lastSequence, entries.at(-1)?.content.sequence ?? 0);
    } else {
      putAside(layout, dir);
    }
  }
  return { index, nextSequence: lastSequence + 1 };
}

/** Only ever put in place by a rename, so it is whole (see file-object-store.ts on power failures). */
function readBucket(file: string): BucketRecord {
  return decodeBucketRecord(JSON.parse(readFileSync(file, 'utf8')) as WrittenBucketRecord);
}

function readObjects(layout: FileLayout, objectsDir: string): IndexEntry<StoredFile>[] {
  const entries: IndexEntry<StoredFile>[] = [];
  for (const name of readdirSync(objectsDir)) {
    const path = join(objectsDir, name);
    const head = readHead(path);
    if (head === undefined) {
      putAside(layout, path);
    } else {
      const { object, sequence, isDeleteMarker = false } = head;
      entries.push({ object, content: { path, sequence }, isDeleteMarker });
    }
  }
  return entries;
}

/** Not removed: it may be somebody's only copy, or nothing of ours at all. */
function putAside({ damagedDir }: FileLayout, path: string): void {
  mkdirSync(damagedDir, { recursive: true });
  renameSync(path, join(damagedDir, `${basename(path)}-${Date.now()}`));
}
