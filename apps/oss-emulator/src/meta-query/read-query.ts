import type { StoredObject } from '../store/object-store.ts';
import { compareFieldValues, readFieldValue } from './compare-field-values.ts';
import { findField } from './file-fields.ts';
import type { FieldValue } from './file-fields.ts';
import { invalidQuery } from './invalid-query.ts';

export type Matches = (object: StoredObject) => boolean;

const MAX_DEPTH = 5;
const MAX_CONDITIONS = 100;

type Compare = (actual: FieldValue, wanted: FieldValue) => boolean;

const COMPARISONS: ReadonlyMap<string, Compare> = new Map<string, Compare>([
  ['eq', (actual, wanted) => compareFieldValues(actual, wanted) === 0],
  ['gt', (actual, wanted) => compareFieldValues(actual, wanted) > 0],
  ['gte', (actual, wanted) => compareFieldValues(actual, wanted) >= 0],
  ['lt', (actual, wanted) => compareFieldValues(actual, wanted) < 0],
  ['lte', (actual, wanted) => compareFieldValues(actual, wanted) <= 0],
  ['prefix', (actual, wanted) => String(actual).startsWith(String(wanted))],
  // Fuzzy, says the page; that it means a part of the text is assumed.
  ['match', (actual, wanted) => String(actual).toLowerCase().includes(String(wanted).toLowerCase())],
]);

const COMBINATIONS: ReadonlyMap<string, (parts: readonly Matches[]) => Matches> = new Map([
  [
    'and',
    (parts: readonly Matches[]): Matches =>
      (object) =>
        parts.every((part) => part(object)),
  ],
  [
    'or',
    (parts: readonly Matches[]): Matches =>
      (object) =>
        parts.some((part) => part(object)),
  ],
  [
    'not',
    (parts: readonly Matches[]): Matches =>
      (object) =>
        !parts.some((part) => part(object)),
  ],
]);

/**
 * The condition of DoMetaQuery: `{"Field": "Size", "Value": "1048576", "Operation": "gt"}`, or several of them in `SubQueries`.
 * @param text JSON; none matches every file
 * @throws {OssError} `InvalidArgument`
 */
export function readQuery(text: string): Matches {
  if (text.trim() === '') return () => true;
  let conditions = 0;

  function read(query: unknown, depth: number): Matches {
    conditions += 1;
    if (!isRecord(query) || depth > MAX_DEPTH || conditions > MAX_CONDITIONS) throw invalid(text);
    const { Operation: operation, SubQueries: parts, Field: name, Value: value } = query;
    const combine = COMBINATIONS.get(String(operation));
    if (combine !== undefined) {
      if (!Array.isArray(parts) || parts.length === 0) throw invalid(text);
      return combine(parts.map((part) => read(part, depth + 1)));
    }
    const compare = COMPARISONS.get(String(operation));
    const field = typeof name === 'string' ? findField(name) : undefined;
    if (compare === undefined || field === undefined || !isScalar(value)) throw invalid(text);
    return (object) => {
      const actual = field(object);
      if (actual === undefined) return false;
      const wanted = readFieldValue(String(value), actual);
      return wanted !== undefined && compare(actual, wanted);
    };
  }

  return read(parseJson(text), 1);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function parseJson(text: string): unknown {
  // `{'Field': 'Size', …}` is taken too (PHP SDK v2, testBucketMetaQuery).
  const json = text.includes('"') ? text : text.replaceAll(/'([^'\\]*)'/g, '"$1"');
  try {
    return JSON.parse(json);
  } catch {
    throw invalid(text);
  }
}

function invalid(text: string) {
  return invalidQuery(
    'Query',
    text.slice(0, 200),
    'Query must be JSON with Operation and SubQueries, or with Field, Value and Operation.',
  );
}
