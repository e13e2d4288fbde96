import { describe, expect, it } from 'vitest';
import { readFormBoundary } from './form-boundary.ts';

describe('readFormBoundary', () => {
  it.each([
    ['multipart/form-data; boundary=9431149156168', '9431149156168'],
    ['multipart/form-data;boundary="a b=?/c"', 'a b=?/c'],
    ['Multipart/Form-Data; charset=UTF-8; BOUNDARY=----WebKit', '----WebKit'],
    [`multipart/form-data; boundary=${'b'.repeat(70)}`, 'b'.repeat(70)],
  ])('finds it in %.60s', (contentType, boundary) => {
    expect(readFormBoundary(contentType)).toBe(boundary);
  });

  it.each([
    undefined,
    '',
    'application/x-www-form-urlencoded',
    'multipart/mixed; boundary=a',
    'multipart/form-data',
    'multipart/form-data;',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary="a\r\nb"',
    'multipart/form-data; boundary="ends in a blank "',
    'multipart/form-data; boundary=a; boundary=b',
    `multipart/form-data; boundary=${'b'.repeat(71)}`,
  ])('refuses %.60s', (contentType) => {
    expect(() => readFormBoundary(contentType)).toThrow(
      expect.objectContaining({ code: 'RequestIsNotMultiPartContent' }),
    );
  });
});
