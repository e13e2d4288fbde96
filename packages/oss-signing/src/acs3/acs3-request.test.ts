import { describe, expect, it } from 'vitest';
import { signAcs3Request, verifyAcs3Request, type Acs3Request, type Credentials } from '../index.ts';
import { acs3StringToSign } from './signature.ts';

/** The worked example of *Request syntax and signature method V3*, with its canonical request's hash and its signature. */
const DOCUMENTED = {
  request: {
    method: 'POST',
    query: { ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd', RegionId: 'cn-shanghai' },
    headers: { host: 'ecs.cn-shanghai.aliyuncs.com' },
  },
  options: {
    action: 'RunInstances',
    version: '2014-05-26',
    credentials: { accessKeyId: 'YourAccessKeyId', accessKeySecret: 'YourAccessKeySecret' },
    now: new Date('2023-10-26T10:22:32Z'),
    nonce: '3156853299f313e23d1673dc12e1703d',
  },
  stringToSign: 'ACS3-HMAC-SHA256\n7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259',
  authorization:
    'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;' +
    'x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
} as const;

const permanent: Credentials = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };
const temporary: Credentials = { accessKeyId: 'STS.test', accessKeySecret: 'secret', securityToken: 'to+k/en=' };
const now = new Date('2026-11-24T10:00:00Z');
const options = {
  now,
  findCredentials: (id: string) => [permanent, temporary].find(({ accessKeyId }) => accessKeyId === id),
};
const signed = (credentials = permanent, more: Partial<Acs3Request> = {}): Acs3Request => {
  const headers = { Host: 'sts.aliyuncs.com', 'Content-Type': 'application/x-www-form-urlencoded' };
  const request = { method: 'POST', query: { RoleArn: 'acs:ram::1:role/猫 *~', A: '' }, headers, ...more };
  const signing = { action: 'AssumeRole', version: '2015-04-01', credentials, now, nonce: 'n' };
  return { ...request, headers: signAcs3Request(request, signing).headers };
};

describe('signAcs3Request', () => {
  it('signs the example of the documentation', () => {
    const result = signAcs3Request(DOCUMENTED.request, DOCUMENTED.options);
    expect(result.stringToSign).toBe(DOCUMENTED.stringToSign);
    expect(acs3StringToSign(result.canonicalRequest)).toBe(DOCUMENTED.stringToSign);
    expect(result.headers['authorization']).toBe(DOCUMENTED.authorization);
  });

  it.each([
    ['nonce', { nonce: '' }],
    ['now', { now: new Date(Number.NaN) }],
    ['credentials.accessKeySecret', { credentials: { accessKeyId: 'a', accessKeySecret: '' } }],
  ])('throws for a wrong %s', (field, change) => {
    const sign = () => signAcs3Request(DOCUMENTED.request, { ...DOCUMENTED.options, ...change });
    expect(sign).toThrow(expect.objectContaining({ field }));
  });

  it('throws without a host', () => {
    const sign = () => signAcs3Request({ method: 'GET', headers: {} }, DOCUMENTED.options);
    expect(sign).toThrow(expect.objectContaining({ field: 'headers.host' }));
  });
});

describe('verifyAcs3Request', () => {
  it('accepts the example of the documentation', () => {
    const { headers } = signAcs3Request(DOCUMENTED.request, DOCUMENTED.options);
    const { credentials, now: time, nonce } = DOCUMENTED.options;
    const result = verifyAcs3Request(
      { ...DOCUMENTED.request, headers },
      { now: time, findCredentials: () => credentials },
    );
    expect(result).toEqual({ ok: true, accessKeyId: 'YourAccessKeyId', nonce });
  });

  it.each([permanent, temporary])('accepts what $accessKeyId signed, with and without a body', (credentials) => {
    const body = Buffer.from('RoleSessionName=app');
    expect(verifyAcs3Request(signed(credentials), options)).toMatchObject({ ok: true });
    expect(verifyAcs3Request(signed(credentials, { body }), options)).toMatchObject({ ok: true, nonce: 'n' });
  });

  const change = (headers: Readonly<Record<string, string>>) => {
    const request = signed();
    return { ...request, headers: { ...request.headers, ...headers } };
  };

  it.each([
    [change({ authorization: '' }), { reason: 'missing-header', header: 'authorization' }],
    [change({ 'x-acs-signature-nonce': '' }), { reason: 'missing-header', header: 'x-acs-signature-nonce' }],
    [change({ authorization: 'OSS a:b' }), { reason: 'malformed-header', header: 'authorization' }],
    [change({ 'x-acs-extra': 'a' }), { reason: 'unsigned-header', header: 'x-acs-extra' }],
    [{ ...signed(), body: Buffer.from('a') }, { reason: 'content-mismatch' }],
    [change({ 'x-acs-date': '20261124T100000Z' }), { reason: 'invalid-date' }],
    [change({ 'x-acs-date': '2026-11-24T10:15:01Z' }), { reason: 'time-skewed' }],
    [change({ 'x-acs-date': '2026-11-24T10:15:00Z' }), { reason: 'signature-mismatch' }],
    [change({ 'x-acs-action': 'Other' }), { reason: 'signature-mismatch', accessKeyId: 'testid' }],
    [{ ...signed(), method: 'GET' }, { reason: 'signature-mismatch' }],
    [{ ...signed(), query: {} }, { reason: 'signature-mismatch' }],
    [signed({ ...permanent, accessKeyId: 'constructor' }), { reason: 'unknown-access-key' }],
    [signed({ ...temporary, securityToken: undefined }), { reason: 'security-token-missing' }],
    [signed({ ...temporary, securityToken: 'other' }), { reason: 'security-token-invalid' }],
    [signed({ ...permanent, accessKeySecret: 'other' }), { reason: 'signature-mismatch' }],
  ])('refuses %# as %o', (request, expected) => {
    const result = verifyAcs3Request(request, options);
    expect(result).toMatchObject({ ok: false, ...expected });
    expect(JSON.stringify(result)).not.toContain(permanent.accessKeySecret);
  });

  it('refuses a request whose host is not signed', () => {
    const request = signed();
    const authorization = (request.headers['authorization'] ?? '').replace('host;', '');
    const result = verifyAcs3Request({ ...request, headers: { ...request.headers, authorization } }, options);
    expect(result).toMatchObject({ reason: 'unsigned-header', header: 'host' });
  });
});
