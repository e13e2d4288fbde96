/**
 * Binary search.
 *
 * @param isBehind false for the first items and true for all the others, as in "not before X"
 * @param from index to start at
 * @returns the index of the first item that is behind; `items.length` when there is none
 */
export function firstIndex<Item>(items: readonly Item[], isBehind: (item: Item) => boolean, from = 0): number {
  let low = from;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBehind(items[middle] as Item)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
