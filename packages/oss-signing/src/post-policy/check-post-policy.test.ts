import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPostPolicy, checkPostPolicy, signPostForm, type PostPolicyCondition } from '../index.ts';

const expiration = new Date('2026-01-15T09:30:00Z');
const now = new Date('2026-01-15T08:30:00Z');
const bucket = 'examplebucket';
const check = (conditions: readonly PostPolicyCondition[], fields: Readonly<Record<string, string>>) =>
  checkPostPolicy(buildPostPolicy({ expiration, conditions }), { bucket, fields, now });
const checkText = (policy: string) => checkPostPolicy(policy, { bucket, fields: { key: 'a' }, now });

const EXPIRATION_FAULT = 'Invalid expiration: it must be ISO 8601 in GMT, 2026-01-15T09:30:00.000Z.';
const CONDITION_FAULT = 'Invalid Condition: a condition is an object with one member or a list of three.';

describe('checkPostPolicy', () => {
  it.each<[PostPolicyCondition, Record<string, string>, boolean]>([
    [{ bucket }, { bucket: 'other' }, true],
    [{ bucket: 'other' }, { bucket: 'other' }, false],
    [{ Key: 'a' }, { key: 'a' }, true],
    [['eq', '$key', 'a'], { KEY: 'a' }, true],
    [['eq', '$key', 'a'], { key: 'A' }, false],
    [['eq', '$key', 'a'], {}, false],
    [['eq', '$key', 'user/${filename}'], { key: 'user/${filename}' }, true],
    [['starts-with', '$key', 'user/'], { key: 'user/a' }, true],
    [['starts-with', '$key', 'user/'], { key: 'use' }, false],
    [['starts-with', '$key', ''], { key: 'anything' }, true],
    [['starts-with', '$x:user', ''], {}, false],
    [['in', '$content-type', ['image/jpeg', 'image/png']], { 'Content-Type': 'image/png' }, true],
    [['in', '$content-type', ['image/jpeg', 'image/png']], { 'Content-Type': 'text/html' }, false],
    [['in', '$key', []], { key: 'a' }, false],
    [['not-in', '$cache-control', ['no-cache']], { 'cache-control': 'no-store' }, true],
    [['not-in', '$cache-control', ['no-cache']], { 'cache-control': 'no-cache' }, false],
    [['eq', '$constructor', 'a'], {}, false],
  ])('holds %j against %j: %s', (condition, fields, ok) => {
    expect(check([condition], fields)).toMatchObject(ok ? { ok } : { ok, reason: 'condition-failed' });
  });

  it.each<[PostPolicyCondition, string]>([
    [['starts-with', '$key', 'user/eric/'], '["starts-with", "$key", "user/eric/"]'],
    [['in', '$content-type', ['a/b', 'c/d']], '["in", "$content-type", ["a/b", "c/d"]]'],
    [{ bucket: 'other' }, '["eq", "$bucket", "other"]'],
  ])('prints the failed condition %j as OSS does', (condition, text) => {
    const message = `Invalid according to Policy: Policy Condition failed: ${text}`;
    const ec = text.includes('bucket') ? '0006-00000227' : '0006-00000226';
    expect(check([condition], {})).toEqual({ ok: false, reason: 'condition-failed', condition: text, message, ec });
  });

  it('lets the type of the file stand in for a missing Content-Type, and only then', () => {
    const policy = buildPostPolicy({ expiration, conditions: [['eq', '$Content-Type', 'image/png']] });
    const file = { bucket, now, fileContentType: 'image/png' };
    expect(checkPostPolicy(policy, { ...file, fields: {} })).toMatchObject({ ok: true });
    expect(checkPostPolicy(policy, { ...file, fields: { 'content-type': 'text/html' } })).toMatchObject({ ok: false });
  });

  it('wants every value of a repeated field to fulfil its condition', () => {
    const policy = buildPostPolicy({ expiration, conditions: [['eq', '$key', 'a']] });
    const result = checkPostPolicy(policy, {
      bucket,
      now,
      fields: [
        ['key', 'a'],
        ['Key', 'b'],
      ],
    });
    expect(result).toMatchObject({ reason: 'condition-failed' });
  });

  it('returns the narrowest size range', () => {
    const ranges = [
      ['content-length-range', 1, 100],
      ['content-length-range', 0, 50],
    ] as const;
    expect(check(ranges, {})).toEqual({ ok: true, contentLengthRange: { min: 1, max: 50 } });
    expect(check([{ bucket }], {})).toEqual({ ok: true });
  });

  it('accepts the very millisecond of the expiration and nothing later', () => {
    const policy = buildPostPolicy({ expiration, conditions: [{ bucket }] });
    const at = (time: Date) => checkPostPolicy(policy, { bucket, fields: {}, now: time });
    expect(at(expiration)).toEqual({ ok: true });
    const message = 'Invalid according to Policy: Policy expired.';
    const ec = '0006-00000213';
    expect(at(new Date(expiration.getTime() + 1))).toEqual({ ok: false, reason: 'expired', message, ec, expiration });
    expect(at(new Date(Number.NaN))).toMatchObject({ reason: 'expired' });
  });

  it('obeys the policies of the Java SDK, with their escapes', () => {
    const { vectors } = JSON.parse(readFileSync(new URL('../vectors/post-policy.json', import.meta.url), 'utf8')) as {
      readonly vectors: ReadonlyArray<{ readonly id: string; readonly policyBase64: string }>;
    };
    const policy = vectors.find(({ id }) => id === 'postv1-java-1')?.policyBase64 ?? '';
    const fields = { key: 'user/eric/${filename}', 'x-oss-meta-tag': 'dummy_etag_1' };
    const options = { bucket: 'gen-post-policy', now: new Date('2020-03-19T03:44:06Z') };
    expect(checkPostPolicy(policy, { ...options, fields })).toEqual({
      ok: true,
      contentLengthRange: { min: 1, max: 1024 },
    });
    expect(checkPostPolicy(policy, { ...options, fields: { ...fields, key: 'user/eric/a' } })).toMatchObject({
      ok: false,
    });
  });

  it('tolerates a dollar that is escaped in the JSON text itself', () => {
    const policy = String.raw`{"expiration":"2026-01-15T09:30:00Z","conditions":[["eq","$key","\${filename}\\"]]}`;
    expect(checkPostPolicy(policy, { bucket, now, fields: { key: '${filename}\\' } })).toEqual({ ok: true });
  });

  it.each(['x-oss-signature-version', 'x-oss-credential', 'x-oss-date', 'x-oss-security-token'])(
    'refuses a V4 form whose policy does not fix %s',
    (field) => {
      const credentials = { accessKeyId: 'STS.a', accessKeySecret: 'b', securityToken: 'c' };
      const signed = signPostForm({ credentials, now, region: 'cn-hangzhou', expiration, bucket, key: 'a' });
      const policy = JSON.parse(signed.policy) as { conditions: object[] };
      const conditions = policy.conditions.filter((condition) => !(field in condition));
      const result = checkPostPolicy(JSON.stringify({ ...policy, conditions }), { bucket, fields: signed.fields, now });
      const message = `Invalid according to Policy: Extra input fields: ${field}`;
      expect(result).toEqual({ ok: false, reason: 'extra-field', field, message, ec: '0006-00000228' });
      expect(checkPostPolicy(signed.policy, { bucket, fields: signed.fields, now })).toEqual({ ok: true });
    },
  );

  it.each<[policy: string, fault: string, ecEnd?: string]>([
    ['{"conditions":[e', 'Invalid JSON: unknown char e.', '204'],
    ['{"a":["b" "c"]}', 'Invalid JSON: , or ] expected.', '204'],
    ['{', 'Invalid JSON: not a JSON text.', '204'],
    ['%%%', 'The policy is not Base64 of UTF-8.', '202'],
    ['/w==', 'The policy is not Base64 of UTF-8.', '203'],
    ['W10=', 'The policy must be a JSON object.', '204'],
    ['{}', 'The policy must have expiration and conditions.', '209'],
    ['{"expiration":"2026-01-15T09:30:00Z"}', 'The policy must have conditions.', '207'],
    ['{"conditions":[{"a":"1"}]}', EXPIRATION_FAULT, '208'],
    ['{"expiration":1,"conditions":[{"a":"1"}]}', EXPIRATION_FAULT, '210'],
    ['{"expiration":"","conditions":[{"a":"1"}]}', EXPIRATION_FAULT, '211'],
    ['{"expiration":"2026-13-15T09:30:00Z","conditions":[]}', EXPIRATION_FAULT],
    [document('1'), 'Invalid conditions: they must be a list with at least one condition.', '214'],
    [document('[]'), 'Invalid conditions: they must be a list with at least one condition.'],
    [
      document('[{"a":"1","b":"2"}]'),
      'Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.',
    ],
    [document('[{"a":1}]'), 'Invalid Simple-Condition: the value must be a string.'],
    [document('[["eq","$a"]]'), CONDITION_FAULT, '218'],
    [document('[["starts-with","$key","user/user1","test"]]'), CONDITION_FAULT, '218'],
    [document('[null]'), CONDITION_FAULT, '222'],
    [document('[123]'), CONDITION_FAULT, '222'],
    [document('[["$key"]]'), 'Invalid Condition: it must begin with the way in which it matches.', '216'],
    [document('[["eq","$","a"]]'), 'Invalid Condition: the field must be a name with a dollar before it.', '218'],
    [
      document('[["in","$key","a"]]'),
      'Invalid Condition: it must be eq or starts-with and a string, or in or not-in and a list of strings.',
      '224',
    ],
    [
      document('[["eq","$key",["a"]]]'),
      'Invalid Condition: it must be eq or starts-with and a string, or in or not-in and a list of strings.',
    ],
    [
      document('[["content-length-range",-1,2]]'),
      'Invalid content-length-range: both ends must be whole numbers of bytes.',
      '221',
    ],
    [
      document('[["content-length-range",20,10]]'),
      'Invalid content-length-range: the second end must not be below the first.',
      '219',
    ],
    [`{${' '.repeat(3_000_000)}`, 'The policy is too long.', '201'],
  ])('calls %.60s an invalid document', (policy, fault, ecEnd) => {
    const ec = ecEnd === undefined ? undefined : `0006-00000${ecEnd}`;
    expect(checkText(policy)).toEqual({
      ok: false,
      reason: 'invalid-document',
      message: `Invalid Policy: ${fault}`,
      ec,
    });
  });

  it('checks a condition whose field has no dollar, as pages of OSS write them', () => {
    const policy = document('[["eq","success_action_status","200"]]');
    const at = (status: string) => checkPostPolicy(policy, { bucket, now, fields: { success_action_status: status } });
    expect(at('200')).toEqual({ ok: true });
    expect(at('201')).toMatchObject({ condition: '["eq", "$success_action_status", "200"]' });
  });

  it('survives whatever a stranger sends', () => {
    const nested = `${'['.repeat(500_000)}${']'.repeat(500_000)}`;
    expect(checkText(document(nested))).toMatchObject({ reason: 'invalid-document' });
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (conditions, text) => {
        const reasons = ['invalid-document', 'condition-failed'];
        const results = [
          checkText(document(JSON.stringify(conditions))),
          checkText(document(JSON.stringify([conditions]))),
          checkText(text),
        ];
        expect(results.every((result) => result.ok || reasons.includes(result.reason))).toBe(true);
      }),
    );
  });

  it('accepts every form that was signed, whatever its values', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.constantFrom('V1', 'V4'), (key, user, version) => {
        const options = { credentials: { accessKeyId: 'a', accessKeySecret: 'b' }, now, expiration, bucket, key };
        const { fields } = signPostForm({ ...options, version, region: 'cn-hangzhou', fields: { 'x:user': user } });
        expect(checkPostPolicy(fields['policy'] ?? '', { bucket, fields, now })).toEqual({ ok: true });
      }),
    );
  });
});

describe('buildPostPolicy', () => {
  it.each<[string, readonly PostPolicyCondition[]]>([
    ['conditions', []],
    ['conditions[0]', [{}]],
    ['conditions[0]', [{ a: '1', b: '2' }]],
    ['conditions[1]', [{ bucket }, ['content-length-range', 2, 1]]],
    ['conditions[0]', [['content-length-range', 0.5, 1]]],
    ['conditions[0]', [['eq', '$', 'a']]],
  ])('throws for wrong %s: %j', (field, conditions) => {
    expect(() => buildPostPolicy({ expiration, conditions })).toThrow(expect.objectContaining({ field }));
  });
});

function document(conditions: string): string {
  return `{"expiration":"2026-01-15T09:30:00.000Z","conditions":${conditions}}`;
}
