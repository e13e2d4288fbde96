import { describe, expect, it } from 'vitest';
import { controlPath, resolveAddresses } from './request-address.ts';
import type { AddressRules } from './request-address.ts';

const rules: AddressRules = {
  ownHostNames: new Set(['127.0.0.1', 'oss.test']),
  bucketExists: async (name) => name === 'demo',
  addressing: 'any',
};
const address = async (hostName: string, path: string, more: Partial<AddressRules> = {}) =>
  (await resolveAddresses(hostName, path, { ...rules, ...more }))[0];

describe('resolveAddresses', () => {
  it.each([
    ['127.0.0.1', '/demo/a/b', 'path', 'demo', 'a/b'],
    ['127.0.0.1', '/demo/', 'path', 'demo', undefined],
    ['127.0.0.1', '/demo', 'path', 'demo', undefined],
    ['127.0.0.1', '/', 'path', undefined, undefined],
    ['::1', '/demo/k', 'path', 'demo', 'k'],
    ['localhost', '/demo/k', 'path', 'demo', 'k'],
    ['oss-emulator', '/demo/k', 'path', 'demo', 'k'],
    ['host.docker.internal', '/demo/k', 'path', 'demo', 'k'],
    ['oss-cn-hangzhou.aliyuncs.com', '/demo/k', 'path', 'demo', 'k'],
    ['demo.oss-cn-hangzhou.aliyuncs.com', '/demo/k', 'virtual-hosted', 'demo', 'demo/k'],
    ['demo.oss-cn-hangzhou-internal.aliyuncs.com', '/', 'virtual-hosted', 'demo', undefined],
    ['not-there.localhost', '/k', 'virtual-hosted', 'not-there', 'k'],
    ['not-there.oss.test', '/k', 'virtual-hosted', 'not-there', 'k'],
    ['demo.oss-emulator', '/k', 'virtual-hosted', 'demo', 'k'],
    ['not-there.oss-emulator', '/demo/k', 'path', 'demo', 'k'],
  ])('reads %s %s in %s style', async (hostName, path, style, bucket, key) => {
    expect(await address(hostName, path)).toEqual({ style, bucket, key });
  });

  it.each([
    ['a%20b%2B%E4%B8%AD', 'a b+中'],
    ['a+b', 'a+b'],
    ['../x', '../x'],
    ['a/../b//c/.', 'a/../b//c/.'],
    ['%2e%2e/%252e', '../%2e'],
    ['a%0D%0Ab', 'a\r\nb'],
    ['e%CC%81', 'e\u0301'],
    ['%EF%BB%BFbom', '\uFEFFbom'],
    ['x'.repeat(1023), 'x'.repeat(1023)],
    ['%C3%A9'.repeat(511), 'é'.repeat(511)],
  ])('decodes the key %j once and changes nothing else', async (raw, key) => {
    expect((await address('localhost', `/demo/${raw}`)).key).toBe(key);
  });

  it.each([
    ['localhost', '/demo/a+b%2Bc', ['a+b+c', 'a b+c']],
    ['demo.oss-cn-hangzhou.aliyuncs.com', '/a+b', ['a+b', 'a b']],
    ['demo.localhost', '/demo/+', ['demo/+', '+', 'demo/ ', ' ']],
    ['localhost', '/demo/a%2Bb', ['a+b']],
  ])('reads a plus in %s %s as itself, or as a blank if it is signed as one', async (hostName, path, keys) => {
    const read = await resolveAddresses(hostName, path, rules);
    expect(read.map(({ key }) => key)).toEqual(keys);
  });

  it.each([
    ['%00', '0016-00000002'],
    ['a%00b', '0016-00000002'],
    ['x'.repeat(1024), '0016-00000003'],
    ['%C3%A9'.repeat(512), '0016-00000003'],
    ['/leading', '0016-00000005'],
    ['%2Fleading', '0016-00000005'],
    ['%5Cleading', '0016-00000005'],
  ])('refuses the key %j', async (raw, ec) => {
    await expect(address('localhost', `/demo/${raw}`)).rejects.toMatchObject({ code: 'InvalidObjectName', ec });
  });

  // %D6%D0 is GBK, as the PHP SDK's testObjectKeyWithNonUTF8Name sends it.
  it.each(['%ff', '%D6%D0.txt', '%', '%zz'])('refuses the key %j, which is no UTF-8', async (raw) => {
    await expect(address('localhost', `/demo/${raw}`)).rejects.toMatchObject({
      code: 'InvalidArgument',
      message: 'The characters encoding must be utf-8.',
      ec: '0016-00000004',
    });
  });

  it.each(['ab', 'Upper', '-a-b', 'a-b-', '_a-b', 'a.b.c', '..', '', 'x'.repeat(64), 'demo%2Fkey', '%ff%fe%fd'])(
    'refuses the bucket name %j',
    async (name) => {
      await expect(address('localhost', `/${name}/k`)).rejects.toMatchObject({ code: 'InvalidBucketName' });
    },
  );

  it('takes everything before the endpoint for the name of the bucket', async () => {
    const twice = address('demo.demo.oss-cn-hangzhou.aliyuncs.com', '/k');
    await expect(twice).rejects.toMatchObject({ code: 'InvalidBucketName', members: [['BucketName', 'demo.demo']] });
  });

  it('leaves it open whether the path repeats the bucket of the host', async () => {
    const host = 'demo.oss-cn-hangzhou.aliyuncs.com';
    expect(await resolveAddresses(host, '/demo/k', rules)).toEqual([
      { style: 'virtual-hosted', bucket: 'demo', key: 'demo/k' },
      { style: 'path', bucket: 'demo', key: 'k' },
    ]);
    expect(await resolveAddresses(host, '/demo', rules)).toHaveLength(2);
    expect(await resolveAddresses(host, '/demonstration/k', rules)).toHaveLength(1);
    expect(await resolveAddresses(host, '/demo/k', { ...rules, addressing: 'strict' })).toHaveLength(1);
  });

  it('takes names of 3 and of 63 characters', async () => {
    expect((await address('localhost', '/a-1/k')).bucket).toBe('a-1');
    expect((await address('localhost', `/${'x'.repeat(63)}/k`)).bucket).toBe('x'.repeat(63));
  });

  it('refuses path style in strict addressing, and nothing else', async () => {
    const strict = { addressing: 'strict' } as const;
    await expect(address('127.0.0.1', '/demo/k', strict)).rejects.toMatchObject({ code: 'SecondLevelDomainForbidden' });
    expect((await address('demo.localhost', '/k', strict)).bucket).toBe('demo');
    expect((await address('127.0.0.1', '/', strict)).bucket).toBeUndefined();
  });
});

describe('controlPath', () => {
  it.each([
    ['127.0.0.1', '/__emulator/health', 'health'],
    ['oss-emulator', '/__emulator/', ''],
    ['oss.test', '/__emulator', ''],
    ['127.0.0.1', '/__emulators/', undefined],
    ['demo.localhost', '/__emulator/health', undefined],
    ['demo.oss-cn-hangzhou.aliyuncs.com', '/__emulator/health', undefined],
    ['rebound.example.com', '/__emulator/reset', undefined],
  ])('of %s %s is %j', (hostName, path, expected) => {
    expect(controlPath(hostName, path, rules)).toBe(expected);
  });
});
