import { OSS_CALLBACK_PUBLIC_KEYS } from '@oss-callback/oss-callback';
import { describe, expect, it } from 'vitest';
import { resolveCallbackPolicy } from './callback-policy.ts';
import { OssCallbackConfigError } from './oss-callback-config-error.ts';
import type { OssCallbackOptions } from './oss-callback-options.ts';
import { createCallbackSigner } from './testing/index.ts';

const SECRET = '0123456789abcdef0123456789abcdef';
const real: OssCallbackOptions = { ticketSecrets: [SECRET], ossEndpoint: 'https://oss-cn-hangzhou.aliyuncs.com' };
const emulator: OssCallbackOptions = { ...real, ossEndpoint: 'http://127.0.0.1:9280' };
const extraPublicKeys = createCallbackSigner().publicKeys;

function refusalOf(options: OssCallbackOptions): string | undefined {
  try {
    resolveCallbackPolicy(options);
    return undefined;
  } catch (error) {
    return error instanceof OssCallbackConfigError ? error.message : `unexpected ${String(error)}`;
  }
}

describe('resolveCallbackPolicy', () => {
  it('trusts only the keys of OSS unless told otherwise', () => {
    expect(resolveCallbackPolicy(real).publicKeys).toEqual(OSS_CALLBACK_PUBLIC_KEYS);
  });

  it('needs a ticket secret of 32 bytes and does not print a shorter one', () => {
    expect(refusalOf({ ...real, ticketSecrets: [] })).toMatch(/^ticketSecrets: .*at least one/);
    const short = SECRET.slice(1);
    expect(refusalOf({ ...real, ticketSecrets: [SECRET, short] })).toMatch(/^ticketSecrets: .*number 2 .*32/);
    expect(refusalOf({ ...real, ticketSecrets: [short] })).not.toContain(short);
    expect(refusalOf({ ...real, ticketSecrets: [SECRET] })).toBeUndefined();
  });

  it('trusts the key of an emulator only beside a loopback or private endpoint', () => {
    expect(refusalOf({ ...emulator, extraPublicKeys })).toBeUndefined();
    expect(refusalOf({ ...emulator, ossEndpoint: 'http://emulator:9280', extraPublicKeys })).toBeUndefined();
    expect(refusalOf({ ...real, extraPublicKeys })).toMatch(/^extraPublicKeys: the key of http:\/\/oss.test/);
    expect(refusalOf({ ...real, ossEndpoint: 'https://files.example.com', extraPublicKeys })).toMatch(
      /^extraPublicKeys/,
    );
  });

  it('takes a further key of OSS itself beside the real OSS', () => {
    const pem = [...extraPublicKeys.values()][0] ?? '';
    const further = new Map([['https://gosspublic.alicdn.com/callback_pub_key_v2.pem', pem]]);
    expect(refusalOf({ ...real, extraPublicKeys: further })).toBeUndefined();
    const near = new Map([['https://gosspublic.alicdn.com.example.com/callback_pub_key_v2.pem', pem]]);
    expect(refusalOf({ ...real, extraPublicKeys: near })).toMatch(/^extraPublicKeys/);
  });

  it("never lets an extra key take the place of one of OSS's", () => {
    const [url = ''] = OSS_CALLBACK_PUBLIC_KEYS.keys();
    const pem = [...extraPublicKeys.values()][0] ?? '';
    const { publicKeys } = resolveCallbackPolicy({ ...emulator, extraPublicKeys: new Map([[url, pem]]) });
    expect(publicKeys.get(url)).toBe(OSS_CALLBACK_PUBLIC_KEYS.get(url));
  });

  it.each([
    { change: { ossEndpoint: 'oss-cn-hangzhou.aliyuncs.com' }, option: 'ossEndpoint' },
    { change: { ossEndpoint: 'ftp://127.0.0.1' }, option: 'ossEndpoint' },
    { change: { extraPublicKeys: new Map([['http://oss.test/k', 'no key']]) }, option: 'extraPublicKeys' },
    { change: { externalPathPrefix: '/api/' }, option: 'externalPathPrefix' },
    { change: { externalPathPrefix: 'api' }, option: 'externalPathPrefix' },
    { change: { maxBodyBytes: 0 }, option: 'maxBodyBytes' },
    { change: { bodyTimeoutMs: Number.NaN }, option: 'bodyTimeoutMs' },
    { change: { deadlineMs: -1 }, option: 'deadlineMs' },
  ])('refuses a wrong $option by name', ({ change, option }) => {
    expect(refusalOf({ ...emulator, ...change })).toMatch(new RegExp(`^${option}: `));
  });
});
