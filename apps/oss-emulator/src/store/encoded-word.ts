/**
 * Text in a header that carries ASCII only: printable text goes as it is, any other as one encoded word of RFC 2047,
 * `=?UTF-8?B?<Base64>?=`, which is also how S3 hands out metadata that is not ASCII.
 */
const ENCODED_WORD = /^=\?UTF-8\?B\?([A-Za-z0-9+/=]*)\?=$/i;

export function encodeWord(text: string): string {
  return isPlain(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
}

export function decodeWord(text: string): string {
  const base64 = ENCODED_WORD.exec(text)?.[1];
  return base64 === undefined ? text : Buffer.from(base64, 'base64').toString();
}

/**
 * @returns whether a header can carry the text unchanged: printable ASCII without blanks at its ends, which HTTP drops,
 * that cannot be taken for an encoded word
 */
export function isPlain(text: string): boolean {
  return /^(?:[!-~](?:[ -~]*[!-~])?)?$/.test(text) && !ENCODED_WORD.test(text);
}
