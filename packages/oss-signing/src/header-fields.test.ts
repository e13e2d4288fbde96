import { describe, expect, it } from 'vitest';
import { headerFields } from './header-fields.ts';

describe('headerFields', () => {
  it('lower-cases names, trims values and joins what is repeated, in order', () => {
    const fields = headerFields({ 'X-Oss-Meta-A': ' 1 ', 'x-oss-meta-b': '2', 'x-oss-meta-a': '\t3' });
    expect([...fields]).toEqual([
      ['x-oss-meta-a', '1,3'],
      ['x-oss-meta-b', '2'],
    ]);
  });

  it('takes a request without headers', () => {
    expect(headerFields().size).toBe(0);
  });
});
