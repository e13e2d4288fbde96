import { type CallbackBodyParsing, MAX_CALLBACK_FIELDS, collectFields } from './flat-fields.ts';

type Decoding = { readonly ok: true; readonly text: string } | Extract<CallbackBodyParsing, { ok: false }>;

/** Reads `a=1&b=2`, flat: names with brackets, which many parsers nest, are refused. A field without `=` is empty. */
export function parseFormFields(text: string): CallbackBodyParsing {
  const pieces = text.split('&').filter((piece) => piece !== '');
  if (pieces.length > MAX_CALLBACK_FIELDS) {
    return { ok: false, reason: 'too-many-fields' };
  }
  const entries: [string, string][] = [];
  for (const piece of pieces) {
    const equals = piece.indexOf('=');
    const name = decodeFormText(equals === -1 ? piece : piece.slice(0, equals));
    const value = decodeFormText(equals === -1 ? '' : piece.slice(equals + 1));
    if (!name.ok) {
      return name;
    }
    if (!value.ok) {
      return value;
    }
    if (/[[\]]/.test(name.text)) {
      return { ok: false, reason: 'not-flat' };
    }
    entries.push([name.text, value.text]);
  }
  return collectFields(entries);
}

/** `%20` and `+` are both blanks: which one OSS sends is not documented. */
function decodeFormText(encoded: string): Decoding {
  const text = encoded.replaceAll('+', ' ');
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) {
    return { ok: false, reason: 'malformed-escape' };
  }
  try {
    return { ok: true, text: decodeURIComponent(text) };
  } catch {
    // The escapes are well-formed, so what is left to fail is their UTF-8.
    return { ok: false, reason: 'invalid-utf-8' };
  }
}
