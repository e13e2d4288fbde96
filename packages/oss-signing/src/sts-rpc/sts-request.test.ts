import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { signStsRequest, stsStringToSign, verifyStsRequest, type Credentials } from '../index.ts';

interface Vector {
  readonly id: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
  readonly stringToSign: string;
  readonly signature: string;
}
const { vectors } = JSON.parse(readFileSync(new URL('../vectors/sts-rpc.json', import.meta.url), 'utf8')) as {
  readonly vectors: readonly Vector[];
};

const permanent: Credentials = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };
const temporary: Credentials = { accessKeyId: 'STS.test', accessKeySecret: 'secret', securityToken: 'token' };
const now = new Date('2026-01-15T08:30:00Z');
const options = {
  now,
  findCredentials: (id: string) => [permanent, temporary].find(({ accessKeyId }) => accessKeyId === id),
};
const assumeRole = { Action: 'AssumeRole', RoleArn: 'acs:ram::1:role/猫 *~', RoleSessionName: 'app' };

describe('signStsRequest', () => {
  it.each(vectors)('signs $id', ({ method, params, stringToSign, signature, ...credentials }) => {
    const signed = signStsRequest({ method, parameters: params }, { credentials, now, nonce: 'replaced' });
    expect(signed.stringToSign).toBe(stringToSign);
    expect(signed.parameters).toEqual({ ...params, Signature: signature });
  });

  it.each([
    ['nonce', { nonce: '' }],
    ['now', { now: new Date(Number.NaN) }],
    ['credentials.accessKeySecret', { credentials: { accessKeyId: 'a', accessKeySecret: '' } }],
  ])('throws for a wrong %s', (field, change) => {
    const sign = () =>
      signStsRequest({ method: 'GET', parameters: {} }, { credentials: permanent, now, nonce: '1', ...change });
    expect(sign).toThrow(expect.objectContaining({ field }));
  });
});

describe('stsStringToSign', () => {
  it('orders names by bytes and leaves Signature out', () => {
    expect(stsStringToSign('post', { b: '1', B: ' ', Signature: 'x' })).toBe('POST&%2F&B%3D%2520%26b%3D1');
  });
});

describe('verifyStsRequest', () => {
  it.each(vectors)('accepts $id', ({ method, params, signature, ...credentials }) => {
    const parameters = { ...params, Signature: signature };
    const time = new Date(params['Timestamp'] ?? '');
    const result = verifyStsRequest({ method, parameters }, { now: time, findCredentials: () => credentials });
    expect(result).toEqual({ ok: true, accessKeyId: credentials.accessKeyId, nonce: params['SignatureNonce'] });
  });

  it.each(['GET', 'POST'])('accepts what was signed for %s and sent as a form, and no other verb', (method) => {
    for (const credentials of [permanent, temporary]) {
      const signed = signStsRequest({ method, parameters: assumeRole }, { credentials, now, nonce: '1' });
      const parameters = [...new URLSearchParams(new URLSearchParams(signed.parameters).toString())];
      expect(verifyStsRequest({ method, parameters }, options)).toMatchObject({ ok: true });
      expect(verifyStsRequest({ method: 'PUT', parameters }, options)).toMatchObject({ reason: 'signature-mismatch' });
    }
  });

  it.each([
    [{ Signature: '' }, { reason: 'missing-parameter', parameter: 'Signature' }],
    [{ SignatureMethod: 'HMAC-SHA256' }, { reason: 'unsupported-signature', parameter: 'SignatureMethod' }],
    [{ Timestamp: 'yesterday' }, { reason: 'invalid-timestamp', value: 'yesterday' }],
    [{ Timestamp: '2026-13-15T08:30:00Z' }, { reason: 'invalid-timestamp' }],
    [{ Timestamp: '2026-01-15T08:45:00.001Z' }, { reason: 'time-skewed' }],
    [{ Timestamp: '2026-01-15T08:45:00.000Z' }, { reason: 'signature-mismatch' }],
    [{ AccessKeyId: 'constructor' }, { reason: 'unknown-access-key', accessKeyId: 'constructor' }],
    [{ AccessKeyId: 'STS.test' }, { reason: 'security-token-missing' }],
    [{ SecurityToken: 'other' }, { reason: 'security-token-invalid' }],
    [{ RoleArn: 'other' }, { reason: 'signature-mismatch', accessKeyId: 'testid' }],
    [{ Added: '' }, { reason: 'signature-mismatch' }],
  ])('refuses %o as %o', (change, expected) => {
    const signed = signStsRequest(
      { method: 'GET', parameters: assumeRole },
      { credentials: permanent, now, nonce: '1' },
    );
    const result = verifyStsRequest({ method: 'GET', parameters: { ...signed.parameters, ...change } }, options);
    expect(result).toMatchObject({ ok: false, ...expected });
    expect(JSON.stringify(result)).not.toContain(permanent.accessKeySecret);
  });

  it('refuses a repeated parameter', () => {
    const parameters = [
      ['Action', 'a'],
      ['Action', 'b'],
    ] as const;
    const result = verifyStsRequest({ method: 'GET', parameters }, options);
    expect(result).toEqual({ ok: false, reason: 'repeated-parameter', parameter: 'Action' });
  });
});
