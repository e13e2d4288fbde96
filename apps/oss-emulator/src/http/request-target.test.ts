import { describe, expect, it } from 'vitest';
import { parseRequestTarget } from './request-target.ts';

describe('parseRequestTarget', () => {
  it('leaves the path as it came', () => {
    expect(parseRequestTarget('/b//a/../%2e%2E/+?').rawPath).toBe('/b//a/../%2e%2E/+');
  });

  it('decodes names and values of the query once, and a plus to a blank', () => {
    expect(parseRequestTarget('/?a=%252F+%2B&b&c=&%E4%B8%AD=d=e&&').query).toEqual([
      ['a', '%2F +'],
      ['b', ''],
      ['c', ''],
      ['中', 'd=e'],
    ]);
  });

  it('takes raw UTF-8 bytes for what they are', () => {
    const raw = Buffer.from('/?prefix=中', 'utf8').toString('latin1');
    expect(parseRequestTarget(raw).query).toEqual([['prefix', '中']]);
  });

  it.each([
    ['http://bucket.oss-cn-hangzhou.aliyuncs.com:80/a?acl', 'bucket.oss-cn-hangzhou.aliyuncs.com:80', '/a'],
    ['HTTP://host', 'host', '/'],
    ['http://host?acl', 'host', '/'],
  ])('splits the absolute form %s', (raw, authority, rawPath) => {
    expect(parseRequestTarget(raw)).toMatchObject({ authority, rawPath });
  });

  it.each(['*', 'key', '', 'ftp://host/'])('refuses %j', (raw) => {
    expect(() => parseRequestTarget(raw)).toThrow(expect.objectContaining({ code: 'InvalidArgument' }));
  });

  it.each(['/?a=%', '/?a=%2', '/?%zz', '/?a=%ff', '/?a=%ED%A0%80'])('refuses the query of %j', (raw) => {
    expect(() => parseRequestTarget(raw)).toThrow(expect.objectContaining({ code: 'InvalidArgument' }));
  });
});
