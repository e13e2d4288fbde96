import type { IncomingHttpHeaders } from 'node:http';

import { decodeWord, encodeWord, isPlain } from './encoded-word.ts';
import { decodeAttributes, encodeAttributes } from './s3-object-attributes.ts';
import type { NewObject, StoredObject } from './object-store.ts';

/**
 * An object of OSS as an ordinary object of S3. Content type, HTTP headers and user metadata are those of S3, so any S3
 * tool shows them. What S3 does not know rides in entries of user metadata that begin with `oss-emulator-`; an object
 * that another tool put has none of them, and gets what S3 says.
 */
const META = 'x-amz-meta-';
const OWN = 'oss-emulator-';
/** Own entry for a header whose value S3 cannot carry, such as a Chinese file name in `Content-Disposition`. */
const OWN_HEADER = `${OWN}header-`;
/** Own entry for user metadata whose name begins like an own entry. */
const OWN_USER = `${OWN}user-`;
const HTTP_HEADERS = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
] as const;
const DEFAULT_CONTENT_TYPE = 'application/octet-stream';
const DEFAULT_STORAGE_CLASS = 'Standard';

/** The request headers that put the object, by lower-case name. */
export function encodeObjectHeaders(object: NewObject): Record<string, string> {
  const metadata: Record<string, string | undefined> = {
    // Absent for what S3 would answer anyway: it allows 2 KiB of metadata in all.
    [`${OWN}attributes`]: encodeAttributes(object),
    [`${OWN}symlink-target`]: object.symlinkTarget,
    [`${OWN}object-type`]: object.objectType === 'Normal' ? undefined : object.objectType,
    [`${OWN}storage-class`]: object.storageClass === DEFAULT_STORAGE_CLASS ? undefined : object.storageClass,
    [`${OWN}etag`]: object.etag,
    [`${OWN}crc64`]: object.crc64?.toString(),
    [`${OWN}content-md5`]: object.contentMd5,
    [`${OWN}last-modified`]: object.lastModified.toISOString(),
  };
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...object.httpHeaders, 'content-type': object.contentType })) {
    if (value !== '' && isPlain(value)) {
      headers[name] = value;
    } else {
      metadata[`${OWN_HEADER}${name}`] = value;
    }
  }
  headers['content-type'] ??= DEFAULT_CONTENT_TYPE;
  for (const [name, value] of Object.entries(object.userMetadata)) {
    metadata[name.startsWith(OWN) ? `${OWN_USER}${name}` : name] = value;
  }
  for (const [name, value] of Object.entries(metadata)) {
    if (value !== undefined) {
      headers[`${META}${name}`] = encodeWord(value);
    }
  }
  return headers;
}

/** @param headers of S3's answer to a GET or HEAD of the object */
export function decodeObjectHeaders(bucket: string, key: string, headers: IncomingHttpHeaders): StoredObject {
  const own: Record<string, string | undefined> = {};
  const userMetadata: Record<string, string> = {};
  const httpHeaders: Record<string, string> = {};
  for (const name of HTTP_HEADERS) {
    const value = headers[name];
    if (value !== undefined) {
      httpHeaders[name] = value;
    }
  }
  for (const [header, value] of Object.entries(headers)) {
    const name = header.startsWith(META) ? header.slice(META.length) : '';
    const text = decodeWord(String(value));
    if (name.startsWith(OWN_USER)) {
      userMetadata[name.slice(OWN_USER.length)] = text;
    } else if (name.startsWith(OWN_HEADER)) {
      httpHeaders[name.slice(OWN_HEADER.length)] = text;
    } else if (name.startsWith(OWN)) {
      own[name.slice(OWN.length)] = text;
    } else if (name !== '') {
      userMetadata[name] = text;
    }
  }
  const { 'content-type': ownContentType, ...otherHttpHeaders } = httpHeaders;
  return {
    bucket,
    key,
    sizeBytes: wholeSizeBytes(headers),
    etag: own['etag'] ?? (headers.etag ?? '').replaceAll('"', '').toUpperCase(),
    crc64: own['crc64'] === undefined ? undefined : BigInt(own['crc64']),
    contentMd5: own['content-md5'],
    contentType: ownContentType ?? headers['content-type'] ?? DEFAULT_CONTENT_TYPE,
    httpHeaders: otherHttpHeaders,
    userMetadata,
    objectType: isObjectType(own['object-type']) ? own['object-type'] : 'Normal',
    storageClass: own['storage-class'] ?? DEFAULT_STORAGE_CLASS,
    lastModified: new Date(own['last-modified'] ?? headers['last-modified'] ?? 0),
    ...(own['symlink-target'] !== undefined && { symlinkTarget: own['symlink-target'] }),
    ...decodeAttributes(own['attributes']),
  };
}

function isObjectType(text: string | undefined): text is NewObject['objectType'] {
  return text === 'Normal' || text === 'Multipart' || text === 'Appendable' || text === 'Symlink';
}

/** The whole object's size, also in the answer to a range: `bytes 5-10/8388708`. */
function wholeSizeBytes(headers: IncomingHttpHeaders): number {
  const whole = headers['content-range']?.split('/').at(-1) ?? headers['content-length'];
  return Number(whole);
}
