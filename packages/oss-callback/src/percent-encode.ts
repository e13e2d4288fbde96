const UNRESERVED = /[A-Za-z0-9\-._~]/;

/** `%XX` of every byte value, or the character itself when RFC 3986 calls it unreserved. */
const ENCODED_BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCodePoint(byte);
  return UNRESERVED.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
});

/**
 * Percent-encodes the UTF-8 bytes of a value: everything but `A–Z a–z 0–9 - . _ ~` becomes `%XX` in upper case, a blank
 * `%20`, a slash `%2F`. Never throws: unlike `encodeURIComponent` it takes lone surrogates (as U+FFFD).
 */
export function percentEncode(value: string): string {
  let encoded = '';
  for (const byte of Buffer.from(value, 'utf8')) {
    encoded += ENCODED_BYTES[byte];
  }
  return encoded;
}
