import type { CallbackBodyParsing } from './flat-fields.ts';
import { parseFormFields } from './form-fields.ts';
import { parseJsonFields } from './json-fields.ts';

/** A template has at most 5 KB, an object key 1023 bytes: no honest callback comes near this. */
export const MAX_CALLBACK_BODY_BYTES = 65_536;

const parsersByType: ReadonlyMap<string, (text: string) => CallbackBodyParsing> = new Map([
  ['application/x-www-form-urlencoded', parseFormFields],
  ['application/json', parseJsonFields],
]);

/**
 * Takes a callback body apart, strictly and flat, for either type OSS sends. Call it after `verifyCallbackSignature`.
 *
 * Duplicate names, nested or boolean values, malformed escapes, invalid UTF-8, more than 100 fields or 64 KB are refused
 * with a reason. Numbers stay numbers in JSON; in a form everything is text. Never throws.
 *
 * @param contentType the `Content-Type` header; its parameters are ignored, as both types are UTF-8
 */
export function parseCallbackBody(contentType: string | undefined, raw: Uint8Array): CallbackBodyParsing {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const parse = parsersByType.get(type);
  if (parse === undefined) {
    return { ok: false, reason: 'unsupported-content-type' };
  }
  if (raw.length > MAX_CALLBACK_BODY_BYTES) {
    return { ok: false, reason: 'too-large' };
  }
  try {
    // A byte order mark is kept and so becomes part of the first name, or invalid JSON: nobody sends one by intent.
    return parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw));
  } catch {
    return { ok: false, reason: 'invalid-utf-8' };
  }
}
