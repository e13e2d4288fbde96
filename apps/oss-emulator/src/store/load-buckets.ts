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

/**
 * Reads all heads into memory. Synchronous on purpose: nobody is served yet, and ten thousand small reads are several times
 * quicker without a trip through the thread pool for each.
 *
 * @returns the index, holding the file of each object
 */
export function loadBuckets(layout: FileLayout): ObjectIndex<string> {
  const index = new ObjectIndex<string>();
  for (const name of readdirSync(layout.bucketsDir)) {
    const dir = join(layout.bucketsDir, name);
    if (existsSync(join(dir, BUCKET_FILE_NAME))) {
      index.addBucket(readBucket(join(dir, BUCKET_FILE_NAME)), readObjects(layout, join(dir, OBJECTS_DIR_NAME)));
    } else {
      putAside(layout, dir);
    }
  }
  return index;
}

/** Only ever put in place by a rename, so it is whole (see file-object-store.ts on power failures). */
function readBucket(file: string): BucketRecord {
  return decodeBucketRecord(JSON.parse(readFileSync(file, 'utf8')) as WrittenBucketRecord);
}

function readObjects(layout: FileLayout, objectsDir: string): IndexEntry<string>[] {
  const entries: IndexEntry<string>[] = [];
  for (const name of readdirSync(objectsDir)) {
    const file = join(objectsDir, name);
    const object = readHead(file);
    if (object === undefined) {
      putAside(layout, file);
    } else {
      entries.push({ object, content: file });
    }
  }
  return entries;
}

/** Not removed: it may be somebody's only copy, or nothing of ours at all. */
function putAside({ damagedDir }: FileLayout, path: string): void {
  mkdirSync(damagedDir, { recursive: true });
  renameSync(path, join(damagedDir, `${basename(path)}-${Date.now()}`));
}
