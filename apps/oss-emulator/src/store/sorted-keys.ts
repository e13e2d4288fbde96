import { compareUtf8 } from './compare-utf8.ts';
import { firstIndex } from './first-index.ts';

/** Adds a key to those that are sorted by their UTF-8 bytes. It must not be among them. */
export function addSortedKey(sortedKeys: string[], key: string): void {
  sortedKeys.splice(indexOf(sortedKeys, key), 0, key);
}

export function removeSortedKey(sortedKeys: string[], key: string): void {
  const index = indexOf(sortedKeys, key);
  if (sortedKeys[index] === key) {
    sortedKeys.splice(index, 1);
  }
}

function indexOf(sortedKeys: readonly string[], key: string): number {
  return firstIndex(sortedKeys, (other) => compareUtf8(other, key) >= 0);
}
