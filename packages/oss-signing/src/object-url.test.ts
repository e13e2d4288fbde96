import { describe, expect, it } from 'vitest';
import { objectUrl } from './object-url.ts';

const endpoint = 'https://oss-cn-hangzhou.aliyuncs.com';

describe('objectUrl', () => {
  it('puts the bucket before the host', () => {
    expect(objectUrl({ endpoint, bucket: 'examplebucket', key: 'dir/a b+中.txt' })).toBe(
      'https://examplebucket.oss-cn-hangzhou.aliyuncs.com/dir/a%20b%2B%E4%B8%AD.txt',
    );
  });

  it.each(['http://127.0.0.1:9280', 'http://localhost:9280', 'http://[::1]:9280'])(
    'puts the bucket into the path for %s, where nothing can stand before the host',
    (local) => {
      expect(objectUrl({ endpoint: local, bucket: 'examplebucket', key: 'k' })).toBe(`${local}/examplebucket/k`);
      expect(objectUrl({ endpoint: local, bucket: 'examplebucket' })).toBe(`${local}/examplebucket/`);
    },
  );

  it('obeys when the addressing is given', () => {
    const address = { bucket: 'examplebucket', key: 'k' };
    expect(objectUrl({ ...address, endpoint, addressing: 'path' })).toBe(`${endpoint}/examplebucket/k`);
    expect(objectUrl({ ...address, endpoint: 'https://files.example.com', addressing: 'custom-domain' })).toBe(
      'https://files.example.com/k',
    );
    expect(objectUrl({ ...address, endpoint: 'http://localhost:9280', addressing: 'virtual-hosted' })).toBe(
      'http://examplebucket.localhost:9280/k',
    );
  });

  it('ends in a slash for a bucket and for the service', () => {
    expect(objectUrl({ endpoint, bucket: 'examplebucket' })).toBe(
      'https://examplebucket.oss-cn-hangzhou.aliyuncs.com/',
    );
    expect(objectUrl({ endpoint })).toBe(`${endpoint}/`);
    expect(objectUrl({ endpoint: `${endpoint}/` })).toBe(`${endpoint}/`);
  });

  it('collapses neither double slashes nor dots', () => {
    expect(objectUrl({ endpoint, bucket: 'examplebucket', key: 'a//b/../c/./' })).toMatch(
      /\.com\/a\/\/b\/\.\.\/c\/\.\/$/,
    );
  });

  it('writes parameters in the given order, the empty ones without an equals sign', () => {
    const query = [
      ['uploads', ''],
      ['prefix', 'a/b c'],
      ['prefix', '中'],
    ] as const;
    expect(objectUrl({ endpoint, bucket: 'examplebucket', query })).toMatch(
      /\/\?uploads&prefix=a%2Fb%20c&prefix=%E4%B8%AD$/,
    );
  });

  it.each([
    '',
    'oss-cn-hangzhou.aliyuncs.com',
    'localhost:9280',
    'ftp://oss-cn-hangzhou.aliyuncs.com',
    'https://user@oss-cn-hangzhou.aliyuncs.com',
    'https://oss-cn-hangzhou.aliyuncs.com/path',
    'https://oss-cn-hangzhou.aliyuncs.com?x',
  ])('refuses the endpoint %j', (bad) => {
    expect(() => objectUrl({ endpoint: bad, bucket: 'examplebucket' })).toThrow(/^endpoint must be/);
  });

  it.each(['ab', 'Example', 'evil.example/', '-abc', 'a_b', 'a'.repeat(64)])('refuses the bucket %j', (bucket) => {
    expect(() => objectUrl({ endpoint, bucket, key: 'k' })).toThrow(/^bucket must be/);
  });

  it('refuses a key without a bucket', () => {
    expect(() => objectUrl({ endpoint, key: 'k' })).toThrow('bucket must be given with a key');
  });
});
