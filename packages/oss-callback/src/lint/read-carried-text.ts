import type { CallbackConfigRule } from '../callback-config-errors.ts';
import { MAX_CALLBACK_PARAM_BYTES, parseConfigObject } from '../callback-config-text.ts';
import { decodeCanonicalBase64 } from '../canonical-base64.ts';
import type { AddFinding } from './callback-findings.ts';
import type { CallbackLintRule } from './callback-lint-rules.ts';
import { escapeTemplateQuotes } from './escape-template-quotes.ts';

/** What a text was taken from; decides whether percent-encoding is right. */
export type CallbackCarrier = 'header' | 'query' | 'form';

/** Which of the two parameters a text is. */
export type CarriedField = 'callback' | 'callback-var';

/** Three times what OSS takes; nothing but the length is looked at beyond. */
const MAX_LINTED_CHARACTERS = 16_384;
const MAX_LAYERS = 3;
const NOT_BASE64: readonly CallbackLintRule[] = ['callback-not-base64'];

/** The JSON of a text, and the faults that were passed on the way to it. */
interface Unwrapped {
  readonly json: string;
  readonly faults: readonly CallbackLintRule[];
}

/**
 * Reads `callback` or `callback-var` in any spelling found in the wild, and reports each way in which it is not what OSS
 * takes. `undefined` when no JSON object comes out. Never throws.
 */
export function readCarriedText(
  text: string,
  field: CarriedField,
  carrier: CallbackCarrier | undefined,
  add: AddFinding,
): Readonly<Record<string, unknown>> | undefined {
  const report = (rule: CallbackLintRule, corrected?: string): void =>
    add(rule, field, { corrected, refusal: field === 'callback' ? undefined : refusalOfVar(rule) });
  if (text.length > MAX_LINTED_CHARACTERS) {
    report('callback-too-long');
    return undefined;
  }
  const { json, faults } = unwrap(text, carrier);
  const value = parseConfigObject(json);
  // Of what is no Base64 at all, its padding is not worth a word.
  const told = value === undefined && faults.includes('callback-not-base64') ? NOT_BASE64 : faults;
  const corrected = value === undefined ? undefined : Buffer.from(json, 'utf8').toString('base64');
  for (const rule of told) {
    report(rule, corrected);
  }
  if ((corrected?.length ?? text.length) > MAX_CALLBACK_PARAM_BYTES) {
    report('callback-too-long');
  }
  if (value !== undefined || faults.includes('callback-not-base64')) {
    return value;
  }
  const repaired = field === 'callback' ? escapeTemplateQuotes(json) : undefined;
  report(repaired === undefined ? 'callback-not-json' : 'template-quotes-not-escaped', repaired);
  return repaired === undefined ? undefined : parseConfigObject(repaired);
}

function unwrap(text: string, carrier: CallbackCarrier | undefined): Unwrapped {
  const faults: CallbackLintRule[] = [];
  let layer = text;
  if (isJsonText(text)) {
    if (carrier !== undefined) {
      faults.push('json-not-base64');
    }
  } else {
    layer = decodeLayer(withoutEscapes(text, carrier, faults), faults);
  }
  for (let depth = 1; depth < MAX_LAYERS && isBase64OfJson(layer); depth += 1) {
    faults.push('base64-twice');
    layer = Buffer.from(layer, 'base64').toString('utf8');
  }
  if (layer.startsWith('\uFEFF')) {
    faults.push('byte-order-mark');
    layer = layer.slice(1);
  }
  return { json: layer, faults };
}

/** A query's one layer of percent-encoding is right; all others are not. */
function withoutEscapes(text: string, carrier: CallbackCarrier | undefined, faults: CallbackLintRule[]): string {
  const once = carrier === 'query' ? percentDecoded(text) : text;
  if (!/%[0-9A-Fa-f]{2}/.test(once)) {
    return once;
  }
  faults.push('base64-percent-encoded');
  return percentDecoded(percentDecoded(once));
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function decodeLayer(text: string, faults: CallbackLintRule[]): string {
  if (isJsonText(text)) {
    faults.push('json-not-base64');
    return text;
  }
  let base64 = text;
  const quoted = /^\s{0,20}(?:b?'([^']*)'|"([^"]*)")\s{0,20}$/.exec(base64);
  if (quoted !== null) {
    faults.push('base64-quoted');
    base64 = quoted[1] ?? quoted[2] ?? '';
  }
  if (/[\r\n]/.test(base64)) {
    faults.push('base64-line-breaks');
    base64 = base64.replaceAll(/[\r\n]/g, '');
  }
  if (/[^ ] +[^ ]/.test(base64)) {
    faults.push('base64-blank-for-plus');
    base64 = base64.replaceAll(' ', '+');
  }
  if (/[-_]/.test(base64)) {
    faults.push('base64-url-safe');
    base64 = base64.replaceAll('-', '+').replaceAll('_', '/');
  }
  const digits = base64.replace(/={1,4}$/, '');
  const padded = digits.padEnd(Math.ceil(digits.length / 4) * 4, '=');
  if (padded !== base64) {
    faults.push('base64-padding');
  }
  if (decodeCanonicalBase64(padded) === undefined) {
    faults.push('callback-not-base64');
  }
  const bytes = Buffer.from(padded, 'base64');
  const json = bytes.toString('utf8');
  if (!Buffer.from(json, 'utf8').equals(bytes) && isJsonText(json)) {
    faults.push('utf-8-invalid');
  }
  return json;
}

function isJsonText(text: string): boolean {
  return /^\uFEFF?\s*[{[]/.test(text);
}

function isBase64OfJson(text: string): boolean {
  return (
    /^[A-Za-z0-9+/_-]+={0,2}\s*$/.test(text) && isJsonText(Buffer.from(text.slice(0, 8), 'base64').toString('utf8'))
  );
}

const NOT_JSON: readonly CallbackLintRule[] = ['base64-twice', 'byte-order-mark', 'callback-not-json'];

/** `callback-var` answers its own codes for the same faults. */
function refusalOfVar(rule: CallbackLintRule): CallbackConfigRule | undefined {
  if (rule === 'callback-too-long') {
    return 'var-too-long';
  }
  if (rule === 'utf-8-invalid') {
    return undefined;
  }
  return NOT_JSON.includes(rule) ? 'var-not-json' : 'var-not-base64';
}
