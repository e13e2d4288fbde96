import { describe, expect, it } from 'vitest';
import { parseHttpTime } from './http-time.ts';

const NOW = new Date('2026-11-24T00:00:00Z');

describe('parseHttpTime', () => {
  it.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['Sun, 6 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['Friday, 06-Nov-76 08:49:37 GMT', '2076-11-06T08:49:37.000Z'],
    ['Sunday, 06-Nov-77 08:49:37 GMT', '1977-11-06T08:49:37.000Z'],
    ['Sun Nov  6 08:49:37 1994', '1994-11-06T08:49:37.000Z'],
    ['Wed Nov 16 08:49:37 1994', '1994-11-16T08:49:37.000Z'],
  ])('reads %s', (text, iso) => {
    expect(new Date(parseHttpTime(text, NOW) ?? Number.NaN).toISOString()).toBe(iso);
  });

  it.each([
    '',
    '5',
    '2099',
    'yesterday 2099',
    '2099-01-01T00:00:00Z',
    'Sun, 31 Apr 2026 08:49:37 GMT',
    'Sun, 06 Nov 1994 24:00:00 GMT',
    'Sun, 06 Nov 1994 08:49:60 GMT',
    'Sun, 06 Foo 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 +0800',
    ' Sun, 06 Nov 1994 08:49:37 GMT',
  ])('takes %j for no time', (text) => {
    expect(parseHttpTime(text, NOW)).toBeUndefined();
  });
});
