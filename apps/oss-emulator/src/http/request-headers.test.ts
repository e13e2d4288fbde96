import { describe, expect, it } from 'vitest';
import { readRequestHeaders } from './request-headers.ts';

const twice = (name: string, first: string, second: string) => ['Host', 'localhost', name, first, name, second];

describe('readRequestHeaders', () => {
  it.each(['Host', 'Authorization', 'X-Oss-Date', 'x-oss-forbid-overwrite', 'x-oss-object-acl', 'x-oss-copy-source'])(
    'refuses two headers %s, equal ones too',
    (name) => {
      for (const second of ['true', 'false']) {
        expect(() => readRequestHeaders(twice(name, 'true', second))).toThrow(/must not be given more than once/);
      }
    },
  );

  it('joins others, metadata too, in the order in which they came', () => {
    expect(readRequestHeaders(twice('x-oss-meta-a', '1', '2'))['x-oss-meta-a']).toBe('1,2');
    expect(readRequestHeaders(twice('If-None-Match', '"a"', '"b"'))['if-none-match']).toBe('"a","b"');
  });
});
