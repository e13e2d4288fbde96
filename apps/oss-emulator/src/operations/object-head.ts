import { OssError } from '../oss-error.ts';
import type { RequestHeaders } from '../request-headers.ts';
import type { NewObject, StoredObject } from '../store/object-store.ts';
import { readStorageClass } from './storage-class.ts';

/** What the headers of an upload say about the object. */
export type UploadedHead = Pick<NewObject, 'contentType' | 'httpHeaders' | 'userMetadata' | 'storageClass'>;

/** Stored as they come and given back with every GET and HEAD; by lower-case name, in the spelling of the answer. */
const STORED_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'Cache-Control',
  'content-disposition': 'Content-Disposition',
  'content-encoding': 'Content-Encoding',
  expires: 'Expires',
};

const METADATA_PREFIX = 'x-oss-meta-';

/** Headers that would change what is stored or who may read it, and that the emulator has nothing for yet. */
const NOT_IMPLEMENTED: readonly string[] = [
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-unmodified-since',
  'x-oss-object-acl',
  'x-oss-server-side-data-encryption',
  'x-oss-server-side-encryption',
  'x-oss-server-side-encryption-key-id',
  'x-oss-tagging',
];

/**
 * @throws {OssError} `NotImplemented` for a header that must not be ignored silently, `InvalidArgument` for an unknown
 * storage class
 */
export function readUploadedHead(headers: RequestHeaders, bucketStorageClass: string): UploadedHead {
  for (const name of NOT_IMPLEMENTED) {
    const isDefault = name === 'x-oss-object-acl' && headers[name] === 'default';
    if (headers[name] !== undefined && !isDefault) throw new OssError('NotImplemented', { Header: name });
  }
  const httpHeaders: Record<string, string> = {};
  const userMetadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (STORED_HEADERS[name] !== undefined) httpHeaders[name] = value;
    if (name.startsWith(METADATA_PREFIX)) userMetadata[name.slice(METADATA_PREFIX.length)] = value;
  }
  return {
    // What OSS stores without a Content-Type is assumed.
    contentType: headers['content-type'] || 'application/octet-stream',
    httpHeaders,
    userMetadata,
    storageClass: readStorageClass(headers['x-oss-storage-class']) ?? bucketStorageClass,
  };
}

/** ETag and check sums, as uploads and downloads both answer them. */
export function digestHeaders(object: NewObject): Record<string, string | undefined> {
  return {
    ETag: `"${object.etag}"`,
    'x-oss-hash-crc64ecma': object.crc64?.toString(),
    'Content-MD5': object.contentMd5,
  };
}

/** Every header of GET and HEAD that describes the object. */
export function objectHeaders(object: StoredObject): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {
    'Content-Type': object.contentType,
    'Accept-Ranges': 'bytes',
    ...digestHeaders(object),
    'Last-Modified': object.lastModified.toUTCString(),
    'x-oss-object-type': object.objectType,
    'x-oss-storage-class': object.storageClass,
  };
  for (const [name, value] of Object.entries(object.httpHeaders)) headers[STORED_HEADERS[name] ?? name] = value;
  for (const [name, value] of Object.entries(object.userMetadata)) headers[`${METADATA_PREFIX}${name}`] = value;
  return headers;
}

/** OSS keeps times to the second: what a listing shows is what `Last-Modified` says. */
export function wholeSeconds(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}
