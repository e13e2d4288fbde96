/**
 * A literal dollar in a condition's value is written `\$`.
 *
 * OSS: "Escape characters" of *PostObject*; Java SDK, PostPolicyTest: the key `user/eric/${filename}` is matched by the
 * condition `user/eric/\${filename}`, after JSON is read.
 */
export function escapeDollars(value: string): string {
  return value.replaceAll('$', () => String.raw`\$`);
}

/** The value that a condition's text stands for; the reverse of {@link escapeDollars}. */
export function unescapeDollars(text: string): string {
  return text.replaceAll(String.raw`\$`, () => '$');
}

/**
 * Makes JSON of a policy whose author wrote `\$` into the text itself, which JSON has no such escape for.
 *
 * Assumption: OSS reads both, because its page shows the one and its Java SDK sends the other.
 */
export function repairDollarEscapes(json: string): string {
  // Escapes are consumed in pairs: the `$` after an escaped backslash belongs to nothing.
  return json.replaceAll(/\\[^]/g, (escape) => (escape === String.raw`\$` ? String.raw`\\$` : escape));
}
