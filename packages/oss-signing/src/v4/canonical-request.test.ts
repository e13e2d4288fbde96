import { describe, expect, it } from 'vitest';
import { canonicalHeaders } from './canonical-headers.ts';
import { canonicalQueryString } from './canonical-query-string.ts';
import { canonicalRequest } from './canonical-request.ts';
import { canonicalUri } from './canonical-uri.ts';

describe('canonicalUri', () => {
  it.each([
    ['/', undefined, undefined],
    ['/examplebucket/', 'examplebucket', undefined],
    ['/examplebucket/', 'examplebucket', ''],
    ['/examplebucket/a%20b/%E4%B8%AD', 'examplebucket', 'a b/中'],
    ['/examplebucket/a//../b', 'examplebucket', 'a//../b'],
  ])('is %s', (expected, bucket, key) => {
    expect(canonicalUri(bucket, key)).toBe(expected);
  });
});

describe('canonicalQueryString', () => {
  it('sorts by encoded name, not by the whole parameter', () => {
    expect(canonicalQueryString({ 'a-b': '1', a: '2', 中: '3', z: '' })).toBe('%E4%B8%AD=3&a=2&a-b=1&z');
  });

  it('sorts the values of a repeated name', () => {
    expect(
      canonicalQueryString([
        ['a', '2'],
        ['a', ''],
        ['a', '10'],
      ]),
    ).toBe('a&a=10&a=2');
  });

  it('leaves out the signature and nothing else', () => {
    expect(canonicalQueryString({ 'x-oss-signature': 'x', 'x-oss-signature-version': 'v' })).toBe(
      'x-oss-signature-version=v',
    );
  });

  it('is empty without parameters', () => {
    expect(canonicalQueryString()).toBe('');
  });
});

describe('canonicalHeaders', () => {
  it('sorts as Java SDK v2 does (SignerV4Test.testBuildCanonicalHeadersSorting)', () => {
    const headers = {
      'x-oss-meta-zzz': 'value1',
      'x-oss-meta-aaa': 'value2',
      'x-oss-meta-123': 'value3',
      'x-oss-meta-abc123': 'value4',
      'x-oss-meta-abc-123': 'value5',
      'x-oss-meta-abc_123': 'value6',
      'x-oss-meta-ABC': 'value7',
      'content-type': 'application/json',
      'x-oss-date': '20250814T080624Z',
      'content-md5': 'md5hash',
    };
    expect(canonicalHeaders(headers)).toBe(
      `content-md5:md5hash
content-type:application/json
x-oss-date:20250814T080624Z
x-oss-meta-123:value3
x-oss-meta-aaa:value2
x-oss-meta-abc:value7
x-oss-meta-abc-123:value5
x-oss-meta-abc123:value4
x-oss-meta-abc_123:value6
x-oss-meta-zzz:value1
`,
    );
  });

  it('holds the default headers and the additional ones, not the rest', () => {
    expect(canonicalHeaders({ Host: 'h', Range: 'r', 'Content-Length': '1', 'X-Oss-A': 'a' }, ['range'])).toBe(
      'range:r\nx-oss-a:a\n',
    );
  });
});

describe('canonicalRequest', () => {
  it('has an empty line for every part that is empty', () => {
    expect(canonicalRequest({ method: 'get' })).toBe('GET\n/\n\n\n\nUNSIGNED-PAYLOAD');
  });
});
