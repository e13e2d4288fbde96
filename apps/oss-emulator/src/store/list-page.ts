import { commonPrefixOf } from './common-prefix.ts';
import { compareUtf8 } from './compare-utf8.ts';
import { firstIndex } from './first-index.ts';
import type { ListPage, ListQuery, StoredObject } from './object-store.ts';

/**
 * One page of a listing. Its cost depends on the size of the page, not of the bucket: names before it, and those behind a
 * rolled-up prefix, are stepped over by binary search.
 *
 * @param sortedKeys all keys of the bucket, by UTF-8 bytes
 * @param getObject the object of one of these keys
 */
export function listPage(
  sortedKeys: readonly string[],
  getObject: (key: string) => StoredObject,
  { prefix, delimiter, startAfter, maxKeys }: ListQuery,
): ListPage {
  const objects: StoredObject[] = [];
  const commonPrefixes: string[] = [];
  let lastName: string | undefined;
  let index = firstIndex(sortedKeys, (key) => compareUtf8(key, prefix) >= 0 && compareUtf8(key, startAfter) > 0);
  for (let key = sortedKeys[index]; key?.startsWith(prefix) === true; key = sortedKeys[index]) {
    const commonPrefix = commonPrefixOf(key, prefix, delimiter);
    const name = commonPrefix ?? key;
    if (compareUtf8(name, startAfter) > 0) {
      if (objects.length + commonPrefixes.length >= maxKeys) {
        return { objects, commonPrefixes, nextStartAfter: lastName };
      }
      lastName = name;
      if (commonPrefix === undefined) {
        objects.push(getObject(key));
      } else {
        commonPrefixes.push(commonPrefix);
      }
    }
    index =
      commonPrefix === undefined
        ? index + 1
        : firstIndex(sortedKeys, (other) => !other.startsWith(commonPrefix), index);
  }
  return { objects, commonPrefixes, nextStartAfter: undefined };
}
