import { text } from 'node:stream/consumers';

import { compareUtf8 } from './compare-utf8.ts';
import type { VersionQuery } from './object-store.ts';
import type { S3Connection } from './s3-connection.ts';
import { decodeListedName, queryText } from './s3-listing.ts';
import { orderedElements } from './s3-xml.ts';
import type { OrderedElement } from './s3-xml.ts';
import { NULL_VERSION_ID, uuidOf, versionIdOf } from './version-id.ts';

/** What a listing says of a version: not much; the rest is in its head. */
export interface ListedS3Version {
  readonly key: string;
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
  readonly isLatest: boolean;
  /** To the millisecond, as the server orders versions by it. */
  readonly lastModified: Date;
}

export interface S3VersionPage {
  readonly versions: readonly ListedS3Version[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
}

/** One answer of the server: at most 1000 entries, in its order. */
export async function listS3Versions(
  connection: S3Connection,
  bucket: string,
  { prefix, delimiter, keyMarker, versionIdMarker, maxKeys }: VersionQuery,
): Promise<S3VersionPage> {
  const query = queryText({
    'encoding-type': 'url',
    prefix,
    delimiter,
    'key-marker': keyMarker,
    'version-id-marker': s3VersionId(versionIdMarker) ?? '',
    'max-keys': String(maxKeys),
  });
  const answer = await connection.request({ method: 'GET', bucket, query: `versions=&${query}` });
  const elements = orderedElements(await text(answer));
  const commonPrefixes = elements
    .filter(({ name }) => name === 'CommonPrefixes')
    .map((element) => decodeListedName(memberOf(element, 'Prefix')));
  return {
    versions: elements.filter(({ name }) => name === 'Version' || name === 'DeleteMarker').map(readVersion),
    // Servers differ on whether a prefix is named again when the listing starts within it.
    commonPrefixes: commonPrefixes.filter((commonPrefix) => compareUtf8(commonPrefix, keyMarker) > 0),
    isTruncated: elements.some(({ name, text: value }) => name === 'IsTruncated' && value === 'true'),
  };
}

/** @param versionId the current version unless given. @returns `undefined` when there is no such version */
export async function findS3Version(
  connection: S3Connection,
  bucket: string,
  key: string,
  versionId: string | undefined,
): Promise<ListedS3Version | undefined> {
  const query = { prefix: key, delimiter: '', keyMarker: '', versionIdMarker: '', maxKeys: VERSIONS_AT_ONCE };
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- each page begins where the last one ended
    const { versions, isTruncated } = await listS3Versions(connection, bucket, query);
    const own = versions.filter((version) => version.key === key);
    const found = versionId === undefined ? own[0] : own.find((version) => version.versionId === versionId);
    const last = versions.at(-1);
    if (found !== undefined || !isTruncated || last?.key !== key) {
      return found;
    }
    query.keyMarker = key;
    query.versionIdMarker = last.versionId;
  }
}

const VERSIONS_AT_ONCE = 100;

/** How the server calls the version; `undefined` for what is none of its versions. */
export function s3VersionId(versionId: string): string | undefined {
  return versionId === NULL_VERSION_ID ? versionId : uuidOf(versionId);
}

/** How OSS's clients call a version of the server. */
export function fromS3VersionId(versionId: string): string {
  return versionId === NULL_VERSION_ID ? versionId : versionIdOf(versionId);
}

function readVersion(element: OrderedElement): ListedS3Version {
  return {
    key: decodeListedName(memberOf(element, 'Key')),
    versionId: fromS3VersionId(memberOf(element, 'VersionId')),
    isDeleteMarker: element.name === 'DeleteMarker',
    isLatest: memberOf(element, 'IsLatest') === 'true',
    lastModified: new Date(memberOf(element, 'LastModified')),
  };
}

function memberOf({ children }: OrderedElement, name: string): string {
  return children.find((child) => child.name === name)?.text ?? '';
}
