import { text } from 'node:stream/consumers';

import { compareUtf8 } from './compare-utf8.ts';
import type { ListQuery } from './object-store.ts';
import type { S3Connection } from './s3-connection.ts';
import { isXmlMember, listOf, parseS3Xml, textOf } from './s3-xml.ts';
import type { XmlMembers } from './s3-xml.ts';

/** A key, or a prefix that keys are rolled up into. */
export interface ListedName {
  readonly name: string;
  readonly isCommonPrefix: boolean;
}

/** The most that S3 lists in one answer. */
const MAX_KEYS = 1_000;

/**
 * Lists names in order, in as many requests as it takes. Servers differ on whether a prefix is named again when the
 * listing starts within it; names that are not behind `startAfter` are left out here.
 */
export async function* listNames(
  connection: S3Connection,
  bucket: string,
  { prefix, delimiter, startAfter, maxKeys }: ListQuery,
): AsyncGenerator<ListedName, void, undefined> {
  const parameters = {
    'list-type': '2',
    'encoding-type': 'url',
    prefix,
    delimiter,
    'start-after': startAfter,
    'max-keys': String(Math.min(maxKeys, MAX_KEYS)),
  };
  let continuationToken: string | undefined = '';
  while (continuationToken !== undefined) {
    const query = queryText({ ...parameters, 'continuation-token': continuationToken });
    const answer = await connection.request({ method: 'GET', bucket, query });
    const page = parseS3Xml(await text(answer))['ListBucketResult'];
    if (!isXmlMember(page)) {
      return;
    }
    for (const listed of namesOf(page)) {
      if (compareUtf8(listed.name, startAfter) > 0) {
        yield listed;
      }
    }
    continuationToken = textOf(page['IsTruncated']) === 'true' ? textOf(page['NextContinuationToken']) : undefined;
  }
}

/** All buckets that the access key may see. */
export async function listBuckets(connection: S3Connection): Promise<readonly { name: string; createdAt: Date }[]> {
  const result = parseS3Xml(await text(await connection.request({ method: 'GET' })))['ListAllMyBucketsResult'];
  const buckets = isXmlMember(result) ? result['Buckets'] : undefined;
  return listOf(isXmlMember(buckets) ? buckets['Bucket'] : undefined).map((bucket) => ({
    name: textOf(bucket['Name']),
    createdAt: new Date(textOf(bucket['CreationDate'])),
  }));
}

function namesOf(page: XmlMembers): ListedName[] {
  const keys = listOf(page['Contents']).map((item) => ({
    name: decodeListedName(textOf(item['Key'])),
    isCommonPrefix: false,
  }));
  const prefixes = listOf(page['CommonPrefixes']).map((item) => ({
    name: decodeListedName(textOf(item['Prefix'])),
    isCommonPrefix: true,
  }));
  return [...keys, ...prefixes].sort((a, b) => compareUtf8(a.name, b.name));
}

/** `encoding-type=url` writes a blank as `+`. */
export function decodeListedName(listed: string): string {
  return decodeURIComponent(listed.replaceAll('+', ' '));
}

/** Empty values are left out. */
export function queryText(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeQueryValue(value)}`)
    .join('&');
}

/** RFC 3986, as Signature V4 wants it. */
function encodeQueryValue(value: string): string {
  return encodeURIComponent(value).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
