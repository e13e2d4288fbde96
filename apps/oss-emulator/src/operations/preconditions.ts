import { OssError } from '../oss-error.ts';
import type { RequestHeaders } from '../request-headers.ts';
import type { StoredObject } from '../store/object-store.ts';

/**
 * The conditions of GET and HEAD.
 * @returns `not-modified` when the answer is 304
 * @throws {OssError} `PreconditionFailed`
 */
export function checkPreconditions(headers: RequestHeaders, object: StoredObject): 'proceed' | 'not-modified' {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined && !matchesEtag(ifMatch, object)) throw failed('If-Match');
  const unmodifiedSince = parseTime(headers['if-unmodified-since']);
  if (unmodifiedSince !== undefined && object.lastModified.getTime() > unmodifiedSince) {
    throw failed('If-Unmodified-Since');
  }
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined && matchesEtag(ifNoneMatch, object)) return 'not-modified';
  const modifiedSince = parseTime(headers['if-modified-since']);
  if (modifiedSince !== undefined && object.lastModified.getTime() <= modifiedSince) return 'not-modified';
  return 'proceed';
}

/** With or without quotes and in either case: SDKs pass on what they got, and some of them strip it. */
function matchesEtag(condition: string, { etag }: StoredObject): boolean {
  return condition
    .split(',')
    .map((candidate) => candidate.trim().replaceAll('"', ''))
    .some((candidate) => candidate === '*' || candidate.toUpperCase() === etag.toUpperCase());
}

/** A time that cannot be read is no condition (RFC 9110). */
function parseTime(text: string | undefined): number | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

function failed(condition: string): OssError {
  return new OssError('PreconditionFailed', { Condition: condition });
}
