import { describe, expect, it } from 'vitest';
import { canonicalizedOssHeaders } from './canonicalized-oss-headers.ts';
import { canonicalizedResource } from './canonicalized-resource.ts';
import { stringToSignV1 } from './string-to-sign.ts';

describe('canonicalizedResource', () => {
  it.each([
    ['/', {}],
    ['/examplebucket/', { bucket: 'examplebucket' }],
    ['/examplebucket/a b/中', { bucket: 'examplebucket', key: 'a b/中' }],
    ['/?regionList', { query: { regionList: '', prefix: 'x' } }],
    ['/b/?responseHeader', { bucket: 'b', query: { responseHeader: '' } }],
    ['/b/k?uploads', { bucket: 'b', key: 'k', query: { uploads: '' } }],
    ['/b/k?acl&x-oss-anything=1', { bucket: 'b', key: 'k', query: { 'x-oss-anything': '1', acl: '', ACL: '2' } }],
    ['/b/?callback=a/b=&callback-var=c', { bucket: 'b', query: { 'callback-var': 'c', callback: 'a/b=' } }],
  ])('is %s', (expected, request) => {
    expect(canonicalizedResource({ method: 'GET', ...request })).toBe(expected);
  });

  it('signs no parameter that merely lists', () => {
    const names = ['prefix', 'marker', 'max-keys', 'delimiter', 'list-type', 'start-after', 'fetch-owner'];
    names.push('encoding-type', 'key-marker', 'upload-id-marker', 'max-uploads', 'part-number-marker', 'max-parts');
    names.push('Expires', 'OSSAccessKeyId', 'Signature', 'regions');
    const query = names.map((name) => [name, '1'] as const);
    expect(canonicalizedResource({ method: 'GET', bucket: 'b', query })).toBe('/b/');
  });
});

describe('stringToSignV1', () => {
  it('has an empty line for a header that is absent', () => {
    expect(stringToSignV1({ method: 'get', bucket: 'b', key: 'k' }, '1')).toBe('GET\n\n\n1\n/b/k');
  });
});

describe('canonicalizedOssHeaders', () => {
  it('sorts by name, whatever the order they came in', () => {
    const headers = { 'x-oss-c': '3', 'X-Oss-A': '1', 'content-type': 'x', 'x-oss-b': '2' };
    expect(canonicalizedOssHeaders(headers)).toBe('x-oss-a:1\nx-oss-b:2\nx-oss-c:3\n');
  });
});
