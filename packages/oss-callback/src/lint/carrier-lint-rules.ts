import { CALLBACK_PAGE, CALLED, type CallbackLintRow, refusedWith } from './callback-lint-row.ts';

/** Rules about the text that carries `callback` or `callback-var`: Base64 of UTF-8 of a JSON object. */
export const carrierLintRules = {
  'callback-too-long': {
    ...refusedWith('callback-too-long'),
    problem: 'The text has more than 5 KB of Base64',
    fix: 'keep it below 5120 characters of Base64, about 3840 bytes of JSON: fewer fields, shorter names and constants',
  },
  'json-not-base64': {
    ...refusedWith('callback-not-base64'),
    problem: 'The text is plain JSON, not the Base64 of it',
    fix: 'send the Base64 of this JSON',
  },
  'base64-percent-encoded': {
    ...refusedWith('callback-not-base64'),
    problem: 'The Base64 is percent-encoded, which is right inside a query string only',
    fix: 'send it unescaped in a header or form field, escaped exactly once in a query',
  },
  'base64-quoted': {
    ...refusedWith('callback-not-base64'),
    problem: "The Base64 stands in quotes, or is what Python prints for bytes, b'…'",
    fix: 'send the bare text; in Python b64encode(…).decode()',
  },
  'base64-line-breaks': {
    ...refusedWith('callback-not-base64'),
    problem: 'The Base64 is broken into lines',
    fix: 'encode without line breaks: base64 -w0, Base64.NO_WRAP on Android, b64encode in Python',
  },
  'base64-blank-for-plus': {
    ...refusedWith('callback-not-base64'),
    problem: 'The Base64 holds blanks where a "+" stood, which a query string turns into blanks',
    fix: 'percent-encode the value in a query: "+" is %2B there',
  },
  'base64-url-safe': {
    ...refusedWith('callback-not-base64'),
    problem: 'The Base64 uses the URL-safe alphabet ("-" and "_")',
    fix: 'use the standard alphabet ("+" and "/") and percent-encode it in a query',
  },
  'base64-padding': {
    ...refusedWith('callback-not-base64'),
    problem: 'The Base64 has no "=" at its end, or too many',
    fix: 'pad it to a multiple of four characters',
    assumed: true,
  },
  'callback-not-base64': {
    ...refusedWith('callback-not-base64'),
    problem: 'The text is not Base64',
    fix: 'send the standard Base64 (RFC 4648, section 4) of the JSON, without quotes or blanks around it',
  },
  'base64-twice': {
    ...refusedWith('callback-not-json'),
    problem: 'The text was encoded more than once',
    fix: 'encode once: SDKs that take an object or a map encode it themselves',
  },
  'byte-order-mark': {
    ...refusedWith('callback-not-json'),
    problem: 'The JSON starts with a byte order mark',
    fix: 'write the JSON without one',
    assumed: true,
  },
  'utf-8-invalid': {
    severity: 'warning',
    effect: 'differs',
    problem: 'The decoded bytes are not UTF-8, as when a platform encodes in GBK',
    consequence: 'OSS reads them as UTF-8, so the receiver gets garbled text',
    answer: CALLED,
    fix: 'turn the JSON into UTF-8 bytes before Base64, as in getBytes(StandardCharsets.UTF_8)',
    doc: CALLBACK_PAGE,
    assumed: true,
  },
  'template-quotes-not-escaped': {
    ...refusedWith('callback-not-json'),
    problem: 'The quotes of the template inside callbackBody are not escaped',
    fix: 'let a JSON library write the object, or put a backslash before each quote of the template',
  },
  'callback-not-json': {
    ...refusedWith('callback-not-json'),
    problem: 'The decoded text is not a JSON object',
    fix: 'write one object with a JSON library, such as {"callbackUrl":"https://…","callbackBody":"object=${object}"}',
  },
} as const satisfies Record<string, CallbackLintRow>;
