import { commonPrefixOf } from './common-prefix.ts';
import { compareUtf8 } from './compare-utf8.ts';
import { firstIndex } from './first-index.ts';
import type { ListedVersion, VersionPage, VersionQuery } from './object-store.ts';
import { NULL_VERSION_ID } from './version-id.ts';

/**
 * One page of a listing of versions. Its cost depends on the size of the page, not of the bucket.
 *
 * @param sortedKeys two lists of keys by UTF-8 bytes, which have no key in common
 * @param getVersions all versions of one of these keys, from the newest to the oldest
 */
export function listVersionsPage(
  sortedKeys: readonly [readonly string[], readonly string[]],
  getVersions: (key: string) => readonly ListedVersion[],
  { prefix, delimiter, keyMarker, versionIdMarker, maxKeys }: VersionQuery,
): VersionPage {
  const versions: ListedVersion[] = [];
  const commonPrefixes: string[] = [];
  let last = { keyMarker: '', versionIdMarker: '' };
  const isFull = (): boolean => versions.length + commonPrefixes.length >= maxKeys;
  const keys = new MergedKeys(sortedKeys, (key) => compareUtf8(key, prefix) >= 0 && compareUtf8(key, keyMarker) >= 0);
  for (let key = keys.next(); key?.startsWith(prefix) === true; key = keys.next()) {
    const commonPrefix = commonPrefixOf(key, prefix, delimiter);
    if (commonPrefix !== undefined) {
      keys.skip(commonPrefix);
      if (compareUtf8(commonPrefix, keyMarker) <= 0) {
        continue;
      }
      if (isFull()) {
        return { versions, commonPrefixes, next: last };
      }
      commonPrefixes.push(commonPrefix);
      last = { keyMarker: commonPrefix, versionIdMarker: '' };
      continue;
    }
    const all = getVersions(key);
    for (const version of key === keyMarker ? olderThan(all, versionIdMarker) : all) {
      if (isFull()) {
        return { versions, commonPrefixes, next: last };
      }
      versions.push(version);
      last = { keyMarker: key, versionIdMarker: version.object.versionId ?? NULL_VERSION_ID };
    }
  }
  return { versions, commonPrefixes, next: undefined };
}

/** Those that the marker leaves: none when it is not among them, or there is no marker. */
function olderThan(versions: readonly ListedVersion[], versionIdMarker: string): readonly ListedVersion[] {
  const index = versions.findIndex(({ object }) => (object.versionId ?? NULL_VERSION_ID) === versionIdMarker);
  return index === -1 ? [] : versions.slice(index + 1);
}

/** Two lists of sorted keys as one. */
class MergedKeys {
  readonly #lists: readonly [readonly string[], readonly string[]];
  readonly #indexes: [number, number];

  constructor(lists: readonly [readonly string[], readonly string[]], isIn: (key: string) => boolean) {
    this.#lists = lists;
    this.#indexes = [firstIndex(lists[0], isIn), firstIndex(lists[1], isIn)];
  }

  next(): string | undefined {
    const [keyA, keyB] = [this.#lists[0][this.#indexes[0]], this.#lists[1][this.#indexes[1]]];
    const isFromA = keyB === undefined || (keyA !== undefined && compareUtf8(keyA, keyB) < 0);
    this.#indexes[isFromA ? 0 : 1] += 1;
    return isFromA ? keyA : keyB;
  }

  /** Leaves out the keys that begin so, when they are the next. */
  skip(prefix: string): void {
    const isBehind = (key: string): boolean => !key.startsWith(prefix);
    this.#indexes[0] = firstIndex(this.#lists[0], isBehind, this.#indexes[0]);
    this.#indexes[1] = firstIndex(this.#lists[1], isBehind, this.#indexes[1]);
  }
}
