import { hash } from 'node:crypto';
import { join } from 'node:path';

import type { StoredObject } from './object-store.ts';
import { uuidOf } from './version-id.ts';

/**
 * Where the file store keeps what, under its data directory:
 *
 *     buckets/<bucket>/bucket.json       attributes of the bucket
 *     buckets/<bucket>/objects/<sha256>  one file per object: bytes, then head (see object-file.ts)
 *     buckets/<bucket>/objects/<sha256>.<uuid>  the same for each version with an id of its own, delete markers too
 *     buckets/<bucket>/objects/<sha256>.other  in place of the first, by turns
 *     staging/<id>                       not visible yet, or not any more; emptied at start
 *     damaged/<name>                     files without an intact head, put aside at start
 *     lock                               the process that uses the directory (see data-dir-lock.ts)
 *
 * An object's file is named by the SHA-256 of its key, which its head repeats: any two keys get different names, also on
 * file systems that fold upper and lower case or Unicode forms; none can leave the directory or be too long.
 */
export interface FileLayout {
  readonly dataDir: string;
  readonly bucketsDir: string;
  readonly stagingDir: string;
  readonly damagedDir: string;
  readonly lockFile: string;
}

export const BUCKET_FILE_NAME = 'bucket.json';
export const OBJECTS_DIR_NAME = 'objects';
const OTHER_SUFFIX = '.other';

export function fileLayout(dataDir: string): FileLayout {
  return {
    dataDir,
    bucketsDir: join(dataDir, 'buckets'),
    stagingDir: join(dataDir, 'staging'),
    damagedDir: join(dataDir, 'damaged'),
    lockFile: join(dataDir, 'lock'),
  };
}

export function bucketDir({ bucketsDir }: FileLayout, bucket: string): string {
  return join(bucketsDir, safeFileName(bucket));
}

export function objectFile(
  layout: FileLayout,
  { bucket, key, versionId }: Pick<StoredObject, 'bucket' | 'key' | 'versionId'>,
): string {
  // UTF-16, so that even keys with lone surrogates, which UTF-8 cannot tell apart, stay apart.
  const name = hash('sha256', Buffer.from(key, 'utf16le'), 'hex');
  const fileName = versionId === undefined ? name : `${name}.${uuidOf(versionId) ?? ''}`;
  return join(bucketDir(layout, bucket), OBJECTS_DIR_NAME, fileName);
}

/** The second of two names for the version without an id of its own: see `FileObjectStore` on replacing. */
export function otherFile(file: string): string {
  return file.endsWith(OTHER_SUFFIX) ? file.slice(0, -OTHER_SUFFIX.length) : `${file}${OTHER_SUFFIX}`;
}

/** Names that OSS allows for buckets stay as they are; in any other, each byte that OSS forbids becomes `_` and its hex. */
function safeFileName(name: string): string {
  if (name === '') {
    return '_';
  }
  return name.replaceAll(/[^a-z0-9-]/gu, (character) =>
    Buffer.from(character).toString('hex').replaceAll(/../g, '_$&'),
  );
}
