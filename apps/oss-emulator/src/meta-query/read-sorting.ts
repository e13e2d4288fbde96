import type { StoredObject } from '../store/object-store.ts';
import { compareFieldValues } from './compare-field-values.ts';
import { findField } from './file-fields.ts';
import { invalidQuery } from './invalid-query.ts';

const MAX_FIELDS = 5;

/**
 * `Sort` and `Order` of DoMetaQuery: fields, and for each of them `asc` or `desc`, which is what it is unless said.
 * @returns a comparison for `toSorted`; without fields files stay as they come, by name
 * @throws {OssError} `InvalidArgument`
 */
export function readSorting(sort: string, order: string): (left: StoredObject, right: StoredObject) => number {
  const names = sort === '' ? [] : sort.split(',').map((name) => name.trim());
  const orders = order === '' ? [] : order.split(',').map((name) => name.trim());
  if (names.length > MAX_FIELDS) throw invalidQuery('Sort', sort, `Sort must name at most ${MAX_FIELDS} fields.`);
  if (!orders.every((name) => name === 'asc' || name === 'desc')) {
    throw invalidQuery('Order', order, 'Order must be asc or desc.');
  }
  const fields = names.map((name, index) => {
    const read = findField(name);
    if (read === undefined) throw invalidQuery('Sort', name, 'Sort must name fields that files have.');
    return { read, sign: orders[index] === 'asc' ? 1 : -1 };
  });
  return (left, right) => {
    for (const { read, sign } of fields) {
      const [first, second] = [read(left), read(right)];
      // Files without the field come last, whatever the order.
      const missing = Number(first === undefined) - Number(second === undefined);
      if (missing !== 0) return missing;
      if (first === undefined || second === undefined) continue;
      const difference = compareFieldValues(first, second);
      if (difference !== 0) return difference * sign;
    }
    return 0;
  };
}
