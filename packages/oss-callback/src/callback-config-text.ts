import { type CallbackConfigError, type CallbackConfigRule, callbackConfigError } from './callback-config-errors.ts';
import { decodeCanonicalBase64 } from './canonical-base64.ts';

/** Limit of `callback` and of `callback-var`, each: 5 KB of Base64 text. That the text is measured, not the JSON, is assumed. */
export const MAX_CALLBACK_PARAM_BYTES = 5120;

type ConfigObject = Readonly<Record<string, unknown>>;

/** The names under which `callback` and `callback-var` report the same three faults. */
export interface ConfigTextRules {
  readonly tooLong: CallbackConfigRule;
  readonly notBase64: CallbackConfigRule;
  readonly notJson: CallbackConfigRule;
}

export type ConfigText =
  | { readonly ok: true; readonly json: string; readonly value: ConfigObject }
  | { readonly ok: false; readonly error: CallbackConfigError };

/** The first three checks OSS makes on `callback` and `callback-var`: length, Base64, JSON. */
export function readConfigText(text: string, rules: ConfigTextRules): ConfigText {
  if (text.length > MAX_CALLBACK_PARAM_BYTES) {
    // The text may be megabytes long (a form field) and would be echoed: its beginning is enough to recognise it.
    return { ok: false, error: callbackConfigError(rules.tooLong, text.slice(0, MAX_CALLBACK_PARAM_BYTES)) };
  }
  const bytes = decodeCanonicalBase64(text);
  if (bytes === undefined) {
    return { ok: false, error: callbackConfigError(rules.notBase64, text) };
  }
  // Not fatal on invalid UTF-8: SDKs that encode in the platform's charset get garbled text from OSS, no refusal.
  const json = bytes.toString('utf8');
  const value = parseConfigObject(json);
  return value === undefined
    ? { ok: false, error: callbackConfigError(rules.notJson, json) }
    : { ok: true, json, value };
}

/** The text that OSS reads back: JSON, UTF-8, standard Base64 with padding. */
export function writeConfigText(value: ConfigObject): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64');
}

/** A JSON object, or `undefined` for everything else. */
export function parseConfigObject(json: string): ConfigObject | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as ConfigObject) : undefined;
  } catch {
    return undefined;
  }
}
