import { parseHttpTime } from '../http/http-time.ts';
import { OssError } from '../oss-error.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import type { StoredObject } from '../store/object-store.ts';

/**
 * The conditions of GET and HEAD. An ETag says more than a time, so where there is one of both about the same thing, the time
 * does not count (RFC 9110, section 13.2.2): of an object that was replaced within a second the time is still the old one.
 * @returns `not-modified` when the answer is 304
 * @throws {OssError} `PreconditionFailed`
 */
export function checkPreconditions(headers: RequestHeaders, object: StoredObject): 'proceed' | 'not-modified' {
  const lastModified = object.lastModified.getTime();
  const ifMatch = headers['if-match'];
  const unmodifiedSince = parseTime(headers['if-unmodified-since']);
  if (ifMatch !== undefined) {
    if (!matchesEtag(ifMatch, object)) throw failed('If-Match');
  } else if (unmodifiedSince !== undefined && lastModified > unmodifiedSince) {
    throw failed('If-Unmodified-Since');
  }
  const ifNoneMatch = headers['if-none-match'];
  const modifiedSince = parseTime(headers['if-modified-since']);
  const isKnown =
    ifNoneMatch === undefined
      ? modifiedSince !== undefined && lastModified <= modifiedSince
      : // What a proxy compresses has a weak ETag, which is as good for this.
        matchesEtag(ifNoneMatch.replaceAll('W/"', '"'), object);
  return isKnown ? 'not-modified' : 'proceed';
}

/** With or without quotes and in either case: SDKs pass on what they got, and some of them strip it. */
function matchesEtag(condition: string, { etag }: StoredObject): boolean {
  return condition
    .split(',')
    .map((candidate) => candidate.trim().replaceAll('"', ''))
    .some((candidate) => candidate === '*' || candidate.toUpperCase() === etag.toUpperCase());
}

/** A time that cannot be read is no condition (page *Conditional download*, RFC 9110). */
function parseTime(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseHttpTime(text);
}

function failed(condition: string): OssError {
  return new OssError('PreconditionFailed', { Condition: condition });
}
