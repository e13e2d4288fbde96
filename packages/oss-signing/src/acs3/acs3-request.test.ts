import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { signAcs3Request, verifyAcs3Request, type Acs3Request, type Credentials } from '../index.ts';
import { acs3CanonicalRequest, acs3ContentHash } from './canonical-request.ts';
import { acs3Signature, acs3StringToSign } from './signature.ts';

interface Vector extends Acs3Request {
  readonly id: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Where the source has it. */
  readonly stringToSign?: string;
}
const { vectors } = JSON.parse(readFileSync(new URL('../vectors/acs3.json', import.meta.url), 'utf8')) as {
  readonly vectors: readonly Vector[];
};
const headersOf = ({ headers }: Vector) => ({
  unsigned: Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization')),
  authorization: headers['authorization'] ?? '',
});

const permanent: Credentials = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };
const temporary: Credentials = { accessKeyId: 'STS.test', accessKeySecret: 'secret', securityToken: 'to+k/en=' };
const now = new Date('2026-11-24T10:00:00Z');
const options = {
  now,
  findCredentials: (id: string) => [permanent, temporary].find(({ accessKeyId }) => accessKeyId === id),
};
const signing = { action: 'AssumeRole', version: '2015-04-01', credentials: permanent, now, nonce: 'n' };
const signed = (credentials = permanent, more: Partial<Acs3Request> = {}): Acs3Request => {
  const headers = { Host: 'sts.aliyuncs.com', 'Content-Type': 'application/x-www-form-urlencoded' };
  const request = { method: 'POST', query: { RoleArn: 'acs:ram::1:role/猫 *~', A: '' }, headers, ...more };
  return { ...request, headers: signAcs3Request(request, { ...signing, credentials }).headers };
};

describe('signAcs3Request', () => {
  it.each(vectors)('computes the signature of $id', (vector) => {
    const { unsigned, authorization } = headersOf(vector);
    const signedHeaders = (/SignedHeaders=([^,]+)/.exec(authorization)?.[1] ?? '').split(';');
    const fields = new Map(Object.entries(unsigned));
    const canonical = acs3CanonicalRequest(vector, fields, signedHeaders, acs3ContentHash());
    const stringToSign = acs3StringToSign(canonical);
    expect(stringToSign).toBe(vector.stringToSign ?? stringToSign);
    expect(authorization).toContain(`Signature=${acs3Signature(vector.accessKeySecret, stringToSign)}`);
  });

  it('signs the example of the documentation', () => {
    const [documented] = vectors as [Vector];
    const { unsigned, authorization } = headersOf(documented);
    const result = signAcs3Request(
      { ...documented, headers: { Host: unsigned['host'] ?? '' } },
      {
        action: 'RunInstances',
        version: '2014-05-26',
        credentials: documented,
        now: new Date(unsigned['x-acs-date'] ?? ''),
        nonce: unsigned['x-acs-signature-nonce'] ?? '',
      },
    );
    expect(result.stringToSign).toBe(documented.stringToSign);
    expect(acs3StringToSign(result.canonicalRequest)).toBe(documented.stringToSign);
    expect(result.headers).toEqual({ ...unsigned, authorization });
  });

  it.each([
    ['nonce', { nonce: '' }],
    ['now', { now: new Date(Number.NaN) }],
    ['credentials.accessKeySecret', { credentials: { accessKeyId: 'a', accessKeySecret: '' } }],
  ])('throws for a wrong %s', (field, change) => {
    const sign = () => signAcs3Request({ method: 'GET', headers: { host: 'h' } }, { ...signing, ...change });
    expect(sign).toThrow(expect.objectContaining({ field }));
  });

  it('throws without a host', () => {
    const sign = () => signAcs3Request({ method: 'GET', headers: {} }, signing);
    expect(sign).toThrow(expect.objectContaining({ field: 'headers.host' }));
  });
});

describe('verifyAcs3Request', () => {
  it.each(vectors)('accepts $id', (vector) => {
    const time = new Date(vector.headers['x-acs-date'] ?? '');
    const result = verifyAcs3Request(vector, { now: time, findCredentials: () => vector });
    expect(result).toEqual({
      ok: true,
      accessKeyId: vector.accessKeyId,
      nonce: vector.headers['x-acs-signature-nonce'],
    });
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
