import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentDecode } from './percent-decode.ts';
import { percentEncode, percentEncodePath } from './percent-encode.ts';

describe('percentEncode', () => {
  it('leaves the unreserved characters of RFC 3986 alone', () => {
    const unreserved = 'ABCXYZabcxyz0189-_.~';
    expect(percentEncode(unreserved)).toBe(unreserved);
  });

  it('encodes what encodeURIComponent does not', () => {
    expect(percentEncode("!'()*")).toBe('%21%27%28%29%2A');
  });

  it('writes UTF-8 in upper-case hexadecimal digits', () => {
    expect(percentEncode('a b+/中😀')).toBe('a%20b%2B%2F%E4%B8%AD%F0%9F%98%80');
  });

  it('counts half a surrogate pair as U+FFFD instead of throwing', () => {
    expect(percentEncode('a\uD800')).toBe('a%EF%BF%BD');
  });
});

describe('percentEncodePath', () => {
  it('keeps slashes, double slashes and dots', () => {
    expect(percentEncodePath('/b/a//../c d%2F')).toBe('/b/a//../c%20d%252F');
  });
});

describe('percentDecode', () => {
  it('undoes percentEncode for every text', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        expect(percentDecode(percentEncode(text))).toBe(text);
        expect(percentDecode(percentEncodePath(text))).toBe(text);
      }),
    );
  });

  it('decodes once and keeps a plus', () => {
    expect(percentDecode('a%2520+b')).toBe('a%20+b');
  });

  it.each(['%', '%2', '%zz', 'a%FF', '%C3', '%ED%A0%80'])('refuses %s, which no encoder writes', (text) => {
    expect(percentDecode(text)).toBeUndefined();
  });
});
