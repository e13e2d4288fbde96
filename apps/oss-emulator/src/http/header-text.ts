/**
 * Header values are raw UTF-8 bytes with OSS, in and out (oss2 puts Chinese text into `Content-Disposition`), while
 * `node:http` reads and writes them as Latin-1.
 */

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @param latin1 as node:http gives it. Bytes that are no UTF-8 keep their Latin-1 reading. */
export function decodeHeaderText(latin1: string): string {
  if (isPlain(latin1)) return latin1;
  try {
    return utf8.decode(Buffer.from(latin1, 'latin1'));
  } catch {
    return latin1;
  }
}

/**
 * @returns what node:http has to be given to send `text` as UTF-8. Control characters become blanks: a value that was
 * stored or handed over must never end a header line.
 */
export function encodeHeaderText(text: string): string {
  if (isPlain(text)) return text;
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  return Buffer.from(text.replaceAll(/[\u0000-\u0008\u000A-\u001F\u007F]/g, ' '), 'utf8').toString('latin1');
}

/** Nearly every value: printable ASCII, which all readings agree on. */
function isPlain(text: string): boolean {
  return /^[\t\u0020-\u007E]*$/.test(text);
}
