import { repairDollarEscapes, unescapeDollars } from './dollar-escape.ts';
import { isByteCount } from './post-policy-condition.ts';

/** A condition as it is checked: field names in lower case and without `$`, values without escapes. */
export type ParsedCondition =
  | {
      readonly match: 'eq' | 'starts-with' | 'in' | 'not-in';
      readonly field: string;
      readonly values: readonly string[];
      /** How OSS prints it when it fails. */
      readonly text: string;
    }
  | { readonly match: 'content-length-range'; readonly min: number; readonly max: number };

type ParsedPolicy =
  | { readonly ok: true; readonly expiration: Date; readonly conditions: readonly ParsedCondition[] }
  | InvalidPolicy;

interface InvalidPolicy {
  readonly ok: false;
  /** After `Invalid Policy: `. */
  readonly fault: string;
  /** Where OSS documents one for this fault. */
  readonly ec: string | undefined;
}

/** The limit of a form field that the page *PostObject* states: 2 MB. */
const MAX_POLICY_CHARACTERS = 2 * 1024 * 1024;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
/** ISO 8601 in GMT, with or without fractions of a second (page *PostObject*). */
const EXPIRATION = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;

/**
 * Reads a policy from the field `policy`, or from its decoded text. Sentences without a source are assumptions; the codes
 * have a page each, https://www.alibabacloud.com/help/en/oss/user-guide/0006-00000202 and so on.
 */
export function parsePostPolicy(policy: string): ParsedPolicy {
  if (policy.length > MAX_POLICY_CHARACTERS) {
    return invalid('The policy is too long.', '0006-00000201');
  }
  const text = policy.trimStart().startsWith('{') ? policy : decodeBase64(policy);
  if (typeof text !== 'string') {
    return text;
  }
  let document: unknown;
  try {
    document = JSON.parse(repairDollarEscapes(text));
  } catch (error) {
    return invalid(`Invalid JSON: ${jsonFault(error)}`, '0006-00000204');
  }
  if (!isObject(document)) {
    return invalid('The policy must be a JSON object.', '0006-00000204');
  }
  const { expiration, conditions } = document;
  if (expiration === undefined && conditions === undefined) {
    return invalid('The policy must have expiration and conditions.', '0006-00000209');
  }
  if (conditions === undefined) {
    return invalid('The policy must have conditions.', '0006-00000207');
  }
  const end = typeof expiration === 'string' && EXPIRATION.test(expiration) ? new Date(expiration) : undefined;
  if (end === undefined || Number.isNaN(end.getTime())) {
    return invalid(
      'Invalid expiration: it must be ISO 8601 in GMT, 2026-01-15T09:30:00.000Z.',
      expirationEc(expiration),
    );
  }
  if (!Array.isArray(conditions) || conditions.length === 0) {
    return invalid(
      'Invalid conditions: they must be a list with at least one condition.',
      Array.isArray(conditions) ? undefined : '0006-00000214',
    );
  }
  const parsed: ParsedCondition[] = [];
  for (const condition of conditions as readonly unknown[]) {
    const result = parseCondition(condition);
    if ('fault' in result) {
      return result;
    }
    parsed.push(result);
  }
  return { ok: true, expiration: end, conditions: parsed };
}

function parseCondition(condition: unknown): ParsedCondition | InvalidPolicy {
  if (isObject(condition)) {
    const [member, ...others] = Object.entries(condition);
    if (member === undefined || others.length > 0) {
      // OSS: PostObject troubleshooting.
      return invalid('Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.');
    }
    const [name, value] = member;
    if (typeof value !== 'string') {
      return invalid('Invalid Simple-Condition: the value must be a string.');
    }
    return fieldCondition('eq', `$${name}`, value);
  }
  if (!Array.isArray(condition)) {
    return invalid('Invalid Condition: a condition is an object with one member or a list of three.', '0006-00000222');
  }
  const [match, first, second] = condition as readonly unknown[];
  if (typeof match !== 'string' || !MATCHES.has(match)) {
    return invalid('Invalid Condition: it must begin with the way in which it matches.', '0006-00000216');
  }
  if (condition.length !== 3) {
    return invalid('Invalid Condition: a condition is an object with one member or a list of three.', '0006-00000218');
  }
  return match === 'content-length-range' ? sizeCondition(first, second) : listCondition(match, first, second);
}

const MATCHES = new Set(['eq', 'starts-with', 'in', 'not-in', 'content-length-range']);

function sizeCondition(min: unknown, max: unknown): ParsedCondition | InvalidPolicy {
  if (!isByteCount(min) || !isByteCount(max)) {
    return invalid('Invalid content-length-range: both ends must be whole numbers of bytes.', '0006-00000221');
  }
  if (min > max) {
    return invalid('Invalid content-length-range: the second end must not be below the first.', '0006-00000219');
  }
  return { match: 'content-length-range', min, max };
}

/** The dollar before the field may be missing: pages of OSS write such conditions and show that they are checked. */
function listCondition(match: string, field: unknown, value: unknown): ParsedCondition | InvalidPolicy {
  if (typeof field !== 'string' || !/^\$?[^$]/.test(field)) {
    return invalid('Invalid Condition: the field must be a name with a dollar before it.', '0006-00000218');
  }
  const name = field.startsWith('$') ? field : `$${field}`;
  if ((match === 'eq' || match === 'starts-with') && typeof value === 'string') {
    return fieldCondition(match, name, value);
  }
  if ((match === 'in' || match === 'not-in') && isListOfStrings(value)) {
    return fieldCondition(match, name, value);
  }
  return invalid(
    'Invalid Condition: it must be eq or starts-with and a string, or in or not-in and a list of strings.',
    match === 'in' || match === 'not-in' ? '0006-00000224' : undefined,
  );
}

function expirationEc(expiration: unknown): string | undefined {
  if (expiration === undefined) {
    return '0006-00000208';
  }
  if (typeof expiration !== 'string') {
    return '0006-00000210';
  }
  return expiration === '' ? '0006-00000211' : undefined;
}

/** Assumption: OSS prints a simple condition as the `eq` it stands for. The blank after each comma: PostObject page. */
function fieldCondition(
  match: 'eq' | 'starts-with' | 'in' | 'not-in',
  name: string,
  value: string | readonly string[],
): ParsedCondition {
  const values = typeof value === 'string' ? [value] : value;
  const list = values.map((item) => JSON.stringify(item)).join(', ');
  return {
    match,
    field: name.slice(1).toLowerCase(),
    values: values.map(unescapeDollars),
    text: `["${match}", ${JSON.stringify(name)}, ${typeof value === 'string' ? list : `[${list}]`}]`,
  };
}

function decodeBase64(text: string): string | InvalidPolicy {
  const compact = text.replaceAll(/\s/g, '');
  if (!BASE64.test(compact)) {
    return invalid('The policy is not Base64 of UTF-8.', '0006-00000202');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(compact, 'base64'));
  } catch {
    return invalid('The policy is not Base64 of UTF-8.', '0006-00000203');
  }
}

/** The two sentences that the PostObject troubleshooting page shows, made from those of V8. */
function jsonFault(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (message.includes("Expected ',' or ']'")) {
    return ', or ] expected.';
  }
  const character = /Unexpected token '(.)'/su.exec(message)?.[1];
  return character === undefined ? 'not a JSON text.' : `unknown char ${character}.`;
}

function isObject(
  value: unknown,
): value is { readonly [name: string]: unknown; readonly expiration?: unknown; readonly conditions?: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOfStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function invalid(fault: string, ec?: string): InvalidPolicy {
  return { ok: false, fault, ec };
}
