import { OssError } from '../oss-error.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import type { NewObject, StoredObject } from '../store/object-store.ts';
import { readObjectAcl } from './object-acl.ts';
import { readTaggingHeader } from './object-tags.ts';
import { readWormHeaders, wormHeaders } from './object-worm.ts';
import { restoreText } from './restore-state.ts';
import { encryptionHeaders, readServerSideEncryption } from './server-side-encryption.ts';
import { readStorageClass } from './storage-class.ts';

/** What the headers of an upload say about the object. */
export type UploadedHead = Pick<
  NewObject,
  'contentType' | 'httpHeaders' | 'userMetadata' | 'storageClass' | 'acl' | 'tags' | 'serverSideEncryption' | 'worm'
>;

/** Stored as they come and given back with every GET and HEAD; by lower-case name, in the spelling of the answer. */
const STORED_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'Cache-Control',
  'content-disposition': 'Content-Disposition',
  'content-encoding': 'Content-Encoding',
  'content-language': 'Content-Language',
  expires: 'Expires',
};

const METADATA_PREFIX = 'x-oss-meta-';

/** Conditions that no upload of OSS has; the page of the status 501 is about such headers. */
const NOT_IMPLEMENTED: readonly string[] = ['if-match', 'if-modified-since', 'if-none-match', 'if-unmodified-since'];

/**
 * @throws {OssError} `NotImplemented` for a header that must not be ignored silently; `InvalidArgument` for a storage class,
 * ACL or tagging that OSS does not know; `InvalidEncryptionAlgorithmError`, `InvalidDataEncryptionAlgorithmError`
 */
export function readUploadedHead(headers: RequestHeaders, bucketStorageClass: string): UploadedHead {
  for (const name of NOT_IMPLEMENTED) {
    if (headers[name] !== undefined) throw new OssError('NotImplemented', { Header: name });
  }
  const httpHeaders: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (STORED_HEADERS[name] !== undefined) httpHeaders[name] = value;
  }
  return {
    // What OSS stores without a Content-Type is assumed.
    contentType: headers['content-type'] || 'application/octet-stream',
    httpHeaders,
    userMetadata: readUserMetadata(headers),
    storageClass: readStorageClass(headers['x-oss-storage-class']) ?? bucketStorageClass,
    acl: readObjectAcl(headers),
    tags: readTaggingHeader(headers),
    serverSideEncryption: readServerSideEncryption(headers),
    worm: readWormHeaders(headers),
  };
}

/** By lower-case name without the prefix. */
export function readUserMetadata(headers: RequestHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith(METADATA_PREFIX) ? [[name.slice(METADATA_PREFIX.length), value]] : [],
    ),
  );
}

/** ETag and check sums, as uploads, of parts too, and downloads answer them. */
export function digestHeaders(
  object: Pick<NewObject, 'etag' | 'crc64' | 'contentMd5'>,
): Record<string, string | undefined> {
  return {
    ETag: `"${object.etag}"`,
    'x-oss-hash-crc64ecma': object.crc64?.toString(),
    'Content-MD5': object.contentMd5,
  };
}

/** Every header of GET and HEAD that describes the object. @param now tells how far a restore is */
export function objectHeaders(object: StoredObject, now: Date): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {
    'Content-Type': object.contentType,
    'Accept-Ranges': 'bytes',
    ...digestHeaders(object),
    'Last-Modified': object.lastModified.toUTCString(),
    'x-oss-object-type': object.objectType,
    'x-oss-next-append-position': object.objectType === 'Appendable' ? String(object.sizeBytes) : undefined,
    'x-oss-sealed-time': object.sealedTime,
    'x-oss-storage-class': object.storageClass,
    'x-oss-version-id': object.versionId,
    'x-oss-tagging-count': object.tags?.length.toString(),
    'x-oss-restore': restoreText(object, now),
    ...encryptionHeaders(object.serverSideEncryption),
    ...wormHeaders(object.worm),
  };
  for (const [name, value] of Object.entries(object.httpHeaders)) headers[STORED_HEADERS[name] ?? name] = value;
  for (const [name, value] of Object.entries(object.userMetadata)) headers[`${METADATA_PREFIX}${name}`] = value;
  return headers;
}

/** OSS keeps times to the second: what a listing shows is what `Last-Modified` says. */
export function wholeSeconds(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}
