/** Fields of a form, decoded; repeated names are possible in a list or a Map of any kind. */
export type PostFormFields = Readonly<Record<string, string>> | Iterable<readonly [name: string, value: string]>;

/** The same fields by lower-case name: OSS reads names in any case (page *PostObject*). */
export function formFields(fields: PostFormFields): Map<string, readonly string[]> {
  const entries = isIterable(fields) ? fields : Object.entries(fields);
  const byName = new Map<string, string[]>();
  for (const [name, value] of entries) {
    const lowerCase = name.toLowerCase();
    const values = byName.get(lowerCase);
    if (values === undefined) {
      byName.set(lowerCase, [value]);
    } else {
      values.push(value);
    }
  }
  return byName;
}

function isIterable(fields: PostFormFields): fields is Iterable<readonly [name: string, value: string]> {
  return typeof (fields as { readonly [Symbol.iterator]?: unknown })[Symbol.iterator] === 'function';
}
