/** A field's value: form values are always text, JSON keeps numbers and `null`. */
export type CallbackFieldValue = string | number | null;

/** Fields by name, without a prototype: a field called `__proto__` is a field like any other. */
export type CallbackFields = Readonly<Record<string, CallbackFieldValue>>;

/** Why a callback body is not taken apart. */
export type CallbackBodyRefusal =
  | 'unsupported-content-type'
  | 'too-large'
  | 'invalid-utf-8'
  | 'malformed-escape'
  | 'invalid-json'
  | 'not-an-object'
  | 'not-flat'
  | 'duplicate-field'
  | 'too-many-fields';

/** What `parseCallbackBody` answers. */
export type CallbackBodyParsing =
  | { readonly ok: true; readonly fields: CallbackFields }
  | { readonly ok: false; readonly reason: CallbackBodyRefusal };

/** Far more than 5 KB of template can hold fields. */
export const MAX_CALLBACK_FIELDS = 100;

/** Puts fields together; two of one name are refused, so that no two parsers can disagree on which one counts. */
export function collectFields(entries: readonly (readonly [string, CallbackFieldValue])[]): CallbackBodyParsing {
  if (entries.length > MAX_CALLBACK_FIELDS) {
    return { ok: false, reason: 'too-many-fields' };
  }
  const fields = Object.create(null) as Record<string, CallbackFieldValue>;
  for (const [name, value] of entries) {
    if (name in fields) {
      return { ok: false, reason: 'duplicate-field' };
    }
    fields[name] = value;
  }
  return { ok: true, fields };
}
