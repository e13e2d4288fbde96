import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decodeCanonicalBase64, decodeCanonicalBase64Url } from './canonical-base64.ts';
import spellings from './vectors/base64-spellings.json' with { type: 'json' };

describe('decodeCanonicalBase64', () => {
  it.each(spellings.canonical)('takes %j', (text) => {
    expect(decodeCanonicalBase64(text)?.toString('base64')).toBe(text);
  });

  it.each(spellings.others)('refuses $text: $why', ({ text }) => {
    expect(decodeCanonicalBase64(text)).toBeUndefined();
  });

  it('gives all bytes back', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeCanonicalBase64(Buffer.from(bytes).toString('base64'))).toEqual(Buffer.from(bytes));
      }),
    );
  });
});

describe('decodeCanonicalBase64Url', () => {
  it('takes its own alphabet without padding', () => {
    expect(decodeCanonicalBase64Url('-_-_')).toEqual(Buffer.from([0xfb, 0xff, 0xbf]));
  });

  it.each(['+/+/', 'Zg==', 'Zm 9v', 'Zh'])('refuses %j', (text) => {
    expect(decodeCanonicalBase64Url(text)).toBeUndefined();
  });
});
