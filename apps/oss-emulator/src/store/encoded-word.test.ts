import { describe, expect, it } from 'vitest';

import { decodeWord, encodeWord } from './encoded-word.ts';

describe('encodeWord', () => {
  it('leaves printable ASCII as other S3 tools shall see it', () => {
    for (const text of ['', 'a', 'image/png; charset=utf-8', 'a  b', '100%25', '=?']) {
      expect(encodeWord(text)).toBe(text);
    }
  });

  it('writes other text as one encoded word', () => {
    expect(encodeWord('图')).toBe('=?UTF-8?B?5Zu+?=');
  });

  it.each(['图片 😀', ' blanks ', 'line\r\nfeed', '\u0000', 'é', '=?UTF-8?B?5Zu+?=', '=?utf-8?b?5Zu+?='])(
    'gives %j in ASCII that is decoded to the same',
    (text) => {
      expect(encodeWord(text)).toMatch(/^[!-~]+$/);
      expect(decodeWord(encodeWord(text))).toBe(text);
    },
  );
});
