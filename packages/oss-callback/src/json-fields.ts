import { type CallbackBodyParsing, type CallbackFieldValue, collectFields } from './flat-fields.ts';

/** Reads one flat JSON object of strings, numbers and `null`. */
export function parseJsonFields(text: string): CallbackBodyParsing {
  const value = parseJson(text);
  if (value === undefined) {
    return { ok: false, reason: 'invalid-json' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, reason: 'not-an-object' };
  }
  const entries = Object.entries<unknown>(value as Record<string, unknown>);
  if (!entries.every((entry): entry is [string, CallbackFieldValue] => isFieldValue(entry[1]))) {
    return { ok: false, reason: 'not-flat' };
  }
  // JSON.parse silently keeps the last of two members with one name. The object is flat, so counting shows it.
  return countMembers(text) === entries.length ? collectFields(entries) : { ok: false, reason: 'duplicate-field' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isFieldValue(value: unknown): value is CallbackFieldValue {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

/** Members of a valid, flat JSON object: its string tokens that a colon follows. */
function countMembers(json: string): number {
  let members = 0;
  for (const token of json.matchAll(/"(?:[^"\\]|\\[^])*"\s*(:?)/g)) {
    members += token[1] === ':' ? 1 : 0;
  }
  return members;
}
