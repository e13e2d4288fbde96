import { describe, expect, it } from 'vitest';

import { compareUtf8 } from './compare-utf8.ts';

describe('compareUtf8', () => {
  it('orders as the UTF-8 bytes do, for every pair of a mixed set of names', () => {
    const names = ['', 'a', 'A', 'a/', 'a-', 'ab', 'é', '\u{E000}', '图', '图片', '\uFFFD', '😀', '😀a', '𐀀', 'z'];
    for (const a of names) {
      for (const b of names) {
        expect(Math.sign(compareUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }
    }
  });
});
