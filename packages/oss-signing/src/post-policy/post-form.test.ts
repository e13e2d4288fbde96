import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { signPostForm, verifyPostForm, type Credentials, type SignPostFormOptions } from '../index.ts';

interface Vector {
  readonly id: string;
  readonly version: 'V1' | 'V4';
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly region?: string;
  readonly dateTime?: string;
  readonly policyJson: string;
  readonly policyBase64: string;
  readonly signature: string;
}
const { vectors } = JSON.parse(readFileSync(new URL('../vectors/post-policy.json', import.meta.url), 'utf8')) as {
  readonly vectors: readonly Vector[];
};

const permanent: Credentials = { accessKeyId: 'LTAItestAccessKeyId', accessKeySecret: 'testAccessKeySecret' };
const temporary: Credentials = { accessKeyId: 'STS.test', accessKeySecret: 'secret', securityToken: 'token$1' };
const now = new Date('2026-01-15T08:30:00Z');
const verifier = {
  now,
  region: 'cn-hangzhou',
  findCredentials: (id: string) => [permanent, temporary].find(({ accessKeyId }) => accessKeyId === id),
};
const form = {
  credentials: permanent,
  now,
  region: 'cn-hangzhou',
  expiration: new Date('2026-01-15T09:30:00Z'),
  bucket: 'examplebucket',
  key: 'user/42/${filename}',
} satisfies SignPostFormOptions;
const { fields } = signPostForm(form);
const { fields: fieldsV1 } = signPostForm({ ...form, version: 'V1' });

describe('verifyPostForm', () => {
  it.each(vectors)('accepts $id', ({ version, dateTime, accessKeyId, accessKeySecret, policyBase64, signature }) => {
    const sent = {
      policy: policyBase64,
      ...(version === 'V1'
        ? { OSSAccessKeyId: accessKeyId, Signature: signature }
        : {
            'x-oss-signature-version': 'OSS4-HMAC-SHA256',
            'x-oss-credential': `${accessKeyId}/20260115/cn-hangzhou/oss/aliyun_v4_request`,
            'x-oss-date': dateTime ?? '',
            'x-oss-signature': signature,
          }),
    };
    const findCredentials = () => ({ accessKeyId, accessKeySecret });
    const result = verifyPostForm(sent, { ...verifier, findCredentials });
    expect(result).toEqual({ ok: true, accessKeyId, version, policy: policyBase64 });
  });

  it.each(['V1', 'V4'] as const)('accepts what signPostForm made with %s, also with a temporary key', (version) => {
    for (const credentials of [permanent, temporary]) {
      const signed = signPostForm({ ...form, version, credentials });
      const { accessKeyId } = credentials;
      expect(verifyPostForm(signed.fields, verifier)).toMatchObject({ ok: true, accessKeyId, version });
    }
  });

  it('reads names in any case, and a Map', () => {
    const upper = new Map(Object.entries(fields).map(([name, value]) => [name.toUpperCase(), value]));
    expect(verifyPostForm(upper, verifier)).toMatchObject({ ok: true });
  });

  it('calls a form without any of its fields unsigned', () => {
    expect(verifyPostForm({ key: 'a' }, verifier)).toEqual({ ok: false, reason: 'unsigned' });
  });

  it.each([
    ['policy', fieldsV1, { policy: undefined }, '0002-00000702'],
    ['Signature', fieldsV1, { Signature: undefined }, '0002-00000703'],
    ['Signature', fieldsV1, { Signature: '' }, '0002-00000704'],
    ['OSSAccessKeyId', fieldsV1, { OSSAccessKeyId: undefined }, '0002-00000706'],
    ['OSSAccessKeyId', fieldsV1, { OSSAccessKeyId: '' }, '0002-00000707'],
    ['x-oss-signature-version', fields, { 'x-oss-signature-version': undefined }, undefined],
    ['x-oss-credential', fields, { 'x-oss-credential': '' }, undefined],
    ['x-oss-date', fields, { 'x-oss-date': undefined }, undefined],
    ['policy', fields, { policy: '' }, undefined],
    ['x-oss-signature', fields, { 'x-oss-signature': undefined }, '0002-00000703'],
  ])('misses %s', (field, signed, change, ec) => {
    expect(verifyPostForm(changed(signed, change), verifier)).toMatchObject({ reason: 'missing-field', field, ec });
  });

  it.each([
    [{ 'x-oss-signature-version': 'OSS2' }, { reason: 'unsupported-version', ec: '0002-00000701' }],
    [{ 'x-oss-credential': 'a/b' }, { reason: 'malformed', field: 'x-oss-credential', ec: '0002-00000710' }],
    [{ 'x-oss-credential': credential('20260115/cn-beijing/oss') }, { reason: 'wrong-region' }],
    [{ 'x-oss-credential': credential('20260115/cn-hangzhou/ecs') }, { reason: 'wrong-product' }],
    [{ 'x-oss-credential': credential('20260114/cn-hangzhou/oss') }, { reason: 'malformed', ec: '0002-00000710' }],
    [{ 'x-oss-date': '20260115T999999Z' }, { reason: 'invalid-date', value: '20260115T999999Z' }],
    [{ policy: 'e30=' }, { reason: 'signature-mismatch', stringToSign: 'e30=', ec: '0002-00000040' }],
    [{ 'x-oss-date': '20260115T083001Z' }, { reason: 'time-skewed' }, new Date('2026-01-15T08:15:00Z')],
    [{}, { reason: 'expired' }, new Date('2026-01-22T08:30:01Z')],
    [{}, { reason: 'time-skewed' }, new Date(Number.NaN)],
  ])('refuses a V4 form with %o as %o', (change, expected, time = now) => {
    const result = verifyPostForm(changed(fields, change), { ...verifier, now: time });
    expect(result).toMatchObject({ ok: false, ...expected });
  });

  it('refuses an unknown key, an impossible one and a changed policy in V1', () => {
    const refusal = (change: object) => verifyPostForm(changed(fieldsV1, change), verifier);
    expect(refusal({ OSSAccessKeyId: 'constructor' })).toMatchObject({ reason: 'unknown-access-key' });
    expect(refusal({ OSSAccessKeyId: 'a b' })).toMatchObject({ reason: 'malformed', field: 'OSSAccessKeyId' });
    expect(refusal({ policy: 'e30=' })).toMatchObject({ reason: 'signature-mismatch', version: 'V1' });
    const v4 = verifyPostForm(fields, { ...verifier, findCredentials: () => undefined });
    expect(v4).toMatchObject({ reason: 'unknown-access-key', ec: '0002-00000902' });
  });

  it.each(['V1', 'V4'] as const)('refuses a %s form with another token, or none', (version) => {
    const signed = signPostForm({ ...form, version, credentials: temporary }).fields;
    const withToken = (token: string) => verifyPostForm({ ...signed, 'x-oss-security-token': token }, verifier);
    expect(withToken('')).toMatchObject({ reason: 'security-token-missing', version });
    expect(withToken('other')).toMatchObject({ reason: 'security-token-invalid', version });
  });

  it.each(['policy', 'x-oss-security-token'])(
    'refuses a repeated %s, of which another reader may take the other',
    (name) => {
      const repeated = [...Object.entries(fields), [name, 'a'], [name.toUpperCase(), 'b']] as ReadonlyArray<
        [string, string]
      >;
      expect(verifyPostForm(repeated, verifier)).toMatchObject({ reason: 'malformed', field: name });
    },
  );

  it('tells neither the secret nor the expected signature', () => {
    const text = JSON.stringify(verifyPostForm({ ...fields, 'x-oss-signature': 'f'.repeat(64) }, verifier));
    expect(text).toContain('signature-mismatch');
    expect(text).not.toContain(permanent.accessKeySecret);
    expect(text).not.toContain(fields['x-oss-signature']);
  });
});

describe('signPostForm', () => {
  it('fixes bucket, key, callback and variables, and adds what V4 demands', () => {
    const signed = signPostForm({ ...form, callback: 'eyJ9', fields: { 'x:user': '42' } });
    expect(Object.keys(signed.fields)).toEqual([
      'key',
      'x:user',
      'callback',
      'x-oss-signature-version',
      'x-oss-credential',
      'x-oss-date',
      'policy',
      'x-oss-signature',
    ]);
    expect(Buffer.from(signed.stringToSign, 'base64').toString()).toBe(signed.policy);
    expect(JSON.parse(signed.policy)).toEqual({
      expiration: '2026-01-15T09:30:00.000Z',
      conditions: [
        { 'x-oss-signature-version': 'OSS4-HMAC-SHA256' },
        { 'x-oss-credential': 'LTAItestAccessKeyId/20260115/cn-hangzhou/oss/aliyun_v4_request' },
        { 'x-oss-date': '20260115T083000Z' },
        ['eq', '$bucket', 'examplebucket'],
        ['eq', '$key', String.raw`user/42/\${filename}`],
        ['eq', '$x:user', '42'],
        ['eq', '$callback', 'eyJ9'],
      ],
    });
  });

  it('lets a condition of the caller replace the equality', () => {
    const { policy } = signPostForm({
      ...form,
      version: 'V1',
      conditions: [['starts-with', '$Key', 'user/42/'], { bucket: 'b' }],
    });
    expect(JSON.parse(policy)).toMatchObject({ conditions: [['starts-with', '$Key', 'user/42/'], { bucket: 'b' }] });
  });

  it.each([
    ['fields', { fields: { policy: 'x' } }],
    ['fields', { fields: { 'X-Oss-Date': 'x' } }],
    ['fields', { fields: { 'x:a': '1', 'X:A': '2' } }],
    ['region', { region: 'oss-cn-hangzhou' }],
    ['now', { now: new Date(Number.NaN) }],
    ['expiration', { expiration: new Date(Number.NaN) }],
    ['credentials.accessKeySecret', { credentials: { accessKeyId: 'a', accessKeySecret: '' } }],
  ])('throws for wrong %s', (field, change) => {
    expect(() => signPostForm({ ...form, ...change })).toThrow(expect.objectContaining({ field }));
  });
});

function credential(scope: string): string {
  return `${permanent.accessKeyId}/${scope}/aliyun_v4_request`;
}

function changed(signed: object, change: object): Record<string, string> {
  const entries = Object.entries<string | undefined>({ ...signed, ...change });
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
