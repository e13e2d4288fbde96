/**
 * Undoes {@link percentEncode}, once. A `+` stays a `+`.
 *
 * @returns `undefined` when an escape is cut short, has a digit that is not hexadecimal, or the bytes are not UTF-8:
 * such a name cannot exist in OSS, and guessing at it would make two URLs name one object.
 */
export function percentDecode(text: string): string | undefined {
  if (!text.includes('%')) {
    return text;
  }
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
