/**
 * Decodes standard Base64 (RFC 4648 §4) in its one canonical spelling, or answers `undefined`.
 *
 * Node's decoder also takes the URL-safe alphabet, blanks, missing padding and trailing junk, so one signature would
 * have many spellings. Re-encoding and comparing leaves exactly one.
 */
export function decodeCanonicalBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** The same for base64url without padding (RFC 4648 §5), as upload tickets use it. */
export function decodeCanonicalBase64Url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}
