const UNRESERVED = /^[A-Za-z0-9\-._~]*$/;
const UNRESERVED_OR_SLASH = /^[A-Za-z0-9\-._~/]*$/;
/** What encodeURIComponent leaves alone although RFC 3986 (and OSS) reserve it. */
const LEFT_BY_ENCODE_URI_COMPONENT = /[!'()*]/g;

/**
 * Percent-encodes everything but `A–Z a–z 0–9 - . _ ~`, as UTF-8 with upper-case hexadecimal digits. This is the
 * encoding of names and values in a query string. Half a surrogate pair counts as U+FFFD, so it never throws.
 *
 * OSS: "UriEncode" of the V4 signature page.
 */
export function percentEncode(text: string): string {
  if (UNRESERVED.test(text)) {
    return text;
  }
  return encodeURIComponent(text.toWellFormed()).replace(
    LEFT_BY_ENCODE_URI_COMPONENT,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** {@link percentEncode} for a path: the slash stays a slash. Double slashes and dots are kept as they are. */
export function percentEncodePath(text: string): string {
  return UNRESERVED_OR_SLASH.test(text) ? text : percentEncode(text).replaceAll('%2F', '/');
}
