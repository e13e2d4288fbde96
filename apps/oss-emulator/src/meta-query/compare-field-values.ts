import type { FieldValue } from './file-fields.ts';

/** @returns negative, 0 or positive, as `toSorted` takes it */
export function compareFieldValues(left: FieldValue, right: FieldValue): number {
  if (typeof left === 'string' || typeof right === 'string') {
    return Number(String(left) > String(right)) - Number(String(left) < String(right));
  }
  return Number(left) - Number(right);
}

/** @returns the text as a value of the same kind as another; `undefined` when it is none */
export function readFieldValue(text: string, like: FieldValue): FieldValue | undefined {
  if (typeof like === 'string') return text;
  const number = typeof like === 'number' ? Number(text === '' ? Number.NaN : text) : Date.parse(text);
  if (Number.isNaN(number)) return undefined;
  return typeof like === 'number' ? number : new Date(number);
}
