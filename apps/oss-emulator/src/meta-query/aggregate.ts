import type { StoredObject } from '../store/object-store.ts';
import type { XmlElement } from '../xml.ts';
import { findField } from './file-fields.ts';
import type { FieldValue } from './file-fields.ts';
import { invalidQuery } from './invalid-query.ts';

export interface Aggregation {
  readonly field: string;
  readonly operation: string;
}

/** Of the values of a field; of no values they are 0. */
const OF_NUMBERS: ReadonlyMap<string, (numbers: readonly number[]) => number> = new Map([
  ['min', (numbers: readonly number[]) => numbers.reduce((least, number) => Math.min(least, number), numbers[0] ?? 0)],
  ['max', (numbers: readonly number[]) => numbers.reduce((most, number) => Math.max(most, number), numbers[0] ?? 0)],
  ['sum', sum],
  ['average', (numbers: readonly number[]) => (numbers.length === 0 ? 0 : sum(numbers) / numbers.length)],
]);

const OF_VALUES: ReadonlyMap<string, (values: readonly FieldValue[]) => number> = new Map([
  ['count', (values: readonly FieldValue[]) => values.length],
  ['distinct', (values: readonly FieldValue[]) => new Set(values.map(textOf)).size],
]);

/**
 * What an `<Aggregation>` makes of the files that a query found.
 *
 * https://www.alibabacloud.com/help/en/oss/developer-reference/dometaquery
 *
 * @throws {OssError} `InvalidArgument`
 */
export function aggregate({ field, operation }: Aggregation, objects: readonly StoredObject[]): XmlElement {
  const read = findField(field);
  if (read === undefined) throw invalidQuery('Field', field, 'Field must be one that files have.');
  const values = objects.map((object) => read(object)).filter((value) => value !== undefined);
  const head: readonly XmlElement[] = [
    ['Field', field],
    ['Operation', operation],
  ];
  if (operation === 'group') return ['Aggregation', [...head, ['Groups', groupElements(values)]]];
  const result = OF_VALUES.get(operation)?.(values) ?? ofNumbers(operation, values);
  if (result === undefined) {
    throw invalidQuery(
      'Operation',
      operation,
      'Operation must be min, max, average or sum of numbers, count, distinct or group.',
    );
  }
  return ['Aggregation', [...head, ['Value', result]]];
}

function ofNumbers(operation: string, values: readonly FieldValue[]): number | undefined {
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length === values.length ? OF_NUMBERS.get(operation)?.(numbers) : undefined;
}

function groupElements(values: readonly FieldValue[]): readonly XmlElement[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(textOf(value), (counts.get(textOf(value)) ?? 0) + 1);
  return [...counts].map(([value, count]) => [
    'Group',
    [
      ['Value', value],
      ['Count', count],
    ],
  ]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function textOf(value: FieldValue): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
