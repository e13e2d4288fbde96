import { compareUtf8 } from '../store/compare-utf8.ts';
import type { ListedUpload } from './multipart-upload.ts';

export interface UploadQuery {
  readonly prefix: string;
  /** Keys that share the part up to the first delimiter behind the prefix are rolled up; empty for none. */
  readonly delimiter: string;
  /** Only uploads of keys behind this one; empty for all. */
  readonly keyMarker: string;
  /** With a key marker: uploads of that very key count as well, those behind this id. Empty for none. */
  readonly uploadIdMarker: string;
  /** Uploads and rolled-up prefixes together. */
  readonly maxUploads: number;
}

export interface UploadPage {
  readonly uploads: readonly ListedUpload[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  /**
   * Key and id of the last upload on the page, also of one that is rolled up: UploadPartTest of the Java SDK finds an id
   * where a prefix is the last entry. Empty when there is none.
   */
  readonly nextKeyMarker: string;
  readonly nextUploadIdMarker: string;
}

/**
 * One page of ListMultipartUploads.
 * @param sorted every upload of the bucket, by key and then by id
 */
export function pageUploads(sorted: readonly ListedUpload[], query: UploadQuery): UploadPage {
  const entries = sorted.filter((upload) => isWanted(upload, query));
  const uploads: ListedUpload[] = [];
  const commonPrefixes: string[] = [];
  let last: ListedUpload | undefined;
  for (const upload of entries) {
    const folder = commonPrefixOf(upload.key, query);
    if (folder === undefined || folder !== commonPrefixes.at(-1)) {
      if (uploads.length + commonPrefixes.length >= query.maxUploads) {
        return { uploads, commonPrefixes, isTruncated: true, ...markersOf(last) };
      }
      if (folder === undefined) uploads.push(upload);
      else commonPrefixes.push(folder);
    }
    last = upload;
  }
  return { uploads, commonPrefixes, isTruncated: false, ...markersOf(last) };
}

function isWanted({ key, uploadId }: ListedUpload, query: UploadQuery): boolean {
  const { prefix, keyMarker, uploadIdMarker } = query;
  if (!key.startsWith(prefix)) return false;
  if (keyMarker === '') return true;
  const order = compareUtf8(commonPrefixOf(key, query) ?? key, keyMarker);
  return order > 0 || (order === 0 && key === keyMarker && uploadIdMarker !== '' && uploadId > uploadIdMarker);
}

function commonPrefixOf(key: string, { prefix, delimiter }: UploadQuery): string | undefined {
  const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

function markersOf(last: ListedUpload | undefined) {
  return { nextKeyMarker: last?.key ?? '', nextUploadIdMarker: last?.uploadId ?? '' };
}
