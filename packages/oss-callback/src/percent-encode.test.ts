import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { percentDecodeInPlace } from './percent-decode-in-place.ts';
import { percentEncode } from './percent-encode.ts';

describe('percentEncode', () => {
  it('leaves exactly the unreserved characters of RFC 3986 alone', () => {
    const ascii = Array.from({ length: 128 }, (_, code) => String.fromCodePoint(code));
    const kept = ascii.filter((character) => percentEncode(character) === character);
    expect(kept.join('')).toBe('-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~');
  });

  it('writes UTF-8 in upper-case hexadecimal', () => {
    expect(percentEncode('dir/a b+中.txt')).toBe('dir%2Fa%20b%2B%E4%B8%AD.txt');
  });

  it('takes a lone surrogate instead of throwing', () => {
    expect(percentEncode('\ud800')).toBe('%EF%BF%BD');
  });
});

describe('percentDecodeInPlace', () => {
  const decodeBytes = (bytes: Buffer): Buffer => bytes.subarray(0, percentDecodeInPlace(bytes, 0, bytes.length));
  const decode = (text: string): string => decodeBytes(Buffer.from(text, 'latin1')).toString('latin1');

  it('undoes percentEncode', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decodeBytes(Buffer.from(percentEncode(text)))).toEqual(Buffer.from(text, 'utf8'));
      }),
    );
  });

  it.each([
    ['%2541', '%41', 'decodes once'],
    ['a+b', 'a+b', 'keeps the plus sign'],
    ['%zz%', '%zz%', 'keeps what is no escape'],
    ['%4', '%4', 'keeps an escape that is cut off'],
    ['%%41', '%A', 'decodes after a lone percent sign'],
    ['%e4%B8', '\u00e4\u00b8', 'takes both cases and half a character'],
    ['/a/../b//c', '/a/../b//c', 'normalises nothing'],
  ])('%s becomes %s: %s', (encoded, decoded) => {
    expect(decode(encoded)).toBe(decoded);
  });

  it('touches nothing before the start and takes nothing beyond the end', () => {
    const bytes = Buffer.from('%41%4%41?%41');
    expect(percentDecodeInPlace(bytes, 3, 5)).toBe(5);
    expect(bytes.toString()).toBe('%41%4%41?%41');
    // The escape at 5 would be whole with the byte at 7, which is beyond the end.
    expect(percentDecodeInPlace(bytes, 5, 7)).toBe(7);
    expect(percentDecodeInPlace(bytes, 3, 8)).toBe(6);
    expect(bytes.toString()).toBe('%41%4A41?%41');
  });
});
