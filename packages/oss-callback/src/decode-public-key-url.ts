import { decodeCanonicalBase64 } from './canonical-base64.ts';

/** Longer than any URL one would pin; a longer header is refused before it is decoded. */
const MAX_HEADER_CHARACTERS = 1024;

/** A receiver sees the same one or two headers for ever, so the last one is kept decoded. */
let last: { readonly header: string; readonly url: string | undefined } = { header: '', url: '' };

/** Decodes the header `x-oss-pub-key-url`; `undefined` unless it is the one canonical Base64 text of its bytes. */
export function decodePublicKeyUrl(header: string): string | undefined {
  if (header.length > MAX_HEADER_CHARACTERS) {
    return undefined;
  }
  if (header !== last.header) {
    // latin1 gives every byte its own character: two headers that differ in one byte never become the same text.
    last = { header, url: decodeCanonicalBase64(header)?.toString('latin1') };
  }
  return last.url;
}
