import { describe, expect, it } from 'vitest';
import { evaluateRamPolicy } from './evaluate-ram-policy.ts';
import { parseRamPolicy } from './parse-ram-policy.ts';

const allow = (more: object = {}) => ({ Effect: 'Allow', Action: 'oss:*', Resource: '*', ...more });
const deny = (more: object = {}) => ({ ...allow(more), Effect: 'Deny' });
const text = (...statements: readonly object[]) => JSON.stringify({ Version: '1', Statement: statements });

function decide(policy: string, action: string, name: string, context: Readonly<Record<string, string>> = {}): string {
  const parsed = parseRamPolicy(policy);
  if (!parsed.ok) return parsed.rule;
  const resource = { service: 'oss', region: 'cn-hangzhou', accountId: '1', name };
  return evaluateRamPolicy(parsed.policy, { action, resource, context: new Map(Object.entries(context)) });
}

describe('a RAM policy', () => {
  it('denies what it does not allow', () => {
    const policy = text(allow({ Action: ['oss:PutObject', 'oss:Get*'], Resource: ['acs:oss:*:*:photos/user-1/*'] }));
    expect(decide(policy, 'oss:PutObject', 'photos/user-1/a')).toBe('allow');
    expect(decide(policy, 'oss:GetObject', 'photos/user-1/a')).toBe('allow');
    expect(decide(policy, 'oss:PutObject', 'photos/user-2/a')).toBe('implicit-deny');
    expect(decide(policy, 'oss:DeleteObject', 'photos/user-1/a')).toBe('implicit-deny');
  });

  it('denies what one statement denies, whatever others allow and wherever they stand', () => {
    for (const statements of [
      [allow(), deny({ Action: 'oss:DeleteObject' })],
      [deny({ Action: 'oss:DeleteObject' }), allow()],
    ]) {
      expect(decide(text(...statements), 'oss:DeleteObject', 'photos/a')).toBe('explicit-deny');
      expect(decide(text(...statements), 'oss:GetObject', 'photos/a')).toBe('allow');
    }
  });

  it('compares actions without regard to case, resources with regard to it', () => {
    expect(decide(text(allow({ Action: 'OSS:putobject' })), 'oss:PutObject', 'photos/a')).toBe('allow');
    expect(decide(text(allow({ Resource: 'acs:oss:*:*:photos/A' })), 'oss:PutObject', 'photos/a')).toBe(
      'implicit-deny',
    );
  });

  it('takes everything but what NotAction and NotResource name', () => {
    const policy = text({ Effect: 'Allow', NotAction: 'oss:Delete*', NotResource: 'acs:oss:*:*:photos/secret/*' });
    expect(decide(policy, 'oss:PutObject', 'photos/a')).toBe('allow');
    expect(decide(policy, 'oss:DeleteObject', 'photos/a')).toBe('implicit-deny');
    expect(decide(policy, 'oss:PutObject', 'photos/secret/a')).toBe('implicit-deny');
  });

  it('applies a statement when all of its conditions hold', () => {
    const Condition = {
      StringLike: { 'oss:Prefix': ['user-1/*', ''] },
      IpAddress: { 'acs:SourceIp': '10.0.0.0/8' },
    };
    const policy = text(allow({ Action: 'oss:ListObjects', Condition }));
    const asked = (context: Readonly<Record<string, string>>) => decide(policy, 'oss:ListObjects', 'photos', context);
    expect(asked({ 'oss:prefix': 'user-1/', 'acs:sourceip': '10.1.1.1' })).toBe('allow');
    expect(asked({ 'oss:prefix': '', 'acs:sourceip': '10.1.1.1' })).toBe('allow');
    expect(asked({ 'oss:prefix': 'user-2/', 'acs:sourceip': '10.1.1.1' })).toBe('implicit-deny');
    expect(asked({ 'oss:prefix': 'user-1/', 'acs:sourceip': '11.1.1.1' })).toBe('implicit-deny');
    expect(asked({ 'acs:sourceip': '10.1.1.1' })).toBe('implicit-deny');
  });

  it('denies under a condition', () => {
    const policy = text(allow(), deny({ Condition: { Bool: { 'acs:SecureTransport': 'false' } } }));
    expect(decide(policy, 'oss:GetObject', 'photos/a', { 'acs:securetransport': 'false' })).toBe('explicit-deny');
    expect(decide(policy, 'oss:GetObject', 'photos/a', { 'acs:securetransport': 'true' })).toBe('allow');
  });

  it('is read or refused whatever stands in any of its places, and never throws', () => {
    const valid = JSON.parse(text(allow({ Condition: { Bool: { 'acs:MFAPresent': 'true' } } }), deny())) as object;
    const odd = [null, 0, '', 'a', true, [], {}, [null], [[]], { a: null }];
    const variants = (value: unknown): unknown[] => {
      if (typeof value !== 'object' || value === null) return odd;
      return Object.entries(value).flatMap(([name, member]) =>
        [...odd, ...variants(member)].map((variant) =>
          Array.isArray(value) ? value.with(Number(name), variant) : { ...value, [name]: variant },
        ),
      );
    };
    const parsed = variants(valid).map((policy) => parseRamPolicy(JSON.stringify(policy)));
    expect(parsed.length).toBeGreaterThan(100);
    const rules = parsed.flatMap((result) => (result.ok ? [] : [result.rule]));
    expect(rules.every((rule) => /^(?:the policy|Version|Statement)/.test(rule))).toBe(true);
  });

  it.each([
    ['', 'the policy must be JSON'],
    ['{"Version":"1"', 'the policy must be JSON'],
    ['[]', 'the policy must be an object'],
    ['null', 'the policy must be an object'],
    ['{"Version":"1","Statements":[]}', 'the policy must not have "Statements"'],
    ['{"Version":"2","Statement":[]}', 'Version must be "1"'],
    ['{"Version":1,"Statement":[]}', 'Version must be "1"'],
    ['{"Version":"1","Statement":[]}', 'Statement must be a list of at least one statement'],
    ['{"Version":"1","Statement":{}}', 'Statement must be a list of at least one statement'],
    ['{"Version":"1","Statement":["a"]}', 'Statement[0] must be an object'],
    [text(allow(), { ...allow(), Effect: 'allow' }), 'Statement[1].Effect must be Allow or Deny'],
    [text({ Effect: 'Allow', Resource: '*' }), 'Statement[0] must have either Action or NotAction'],
    [text(allow({ NotAction: 'a' })), 'Statement[0] must have either Action or NotAction'],
    [text({ Effect: 'Allow', Action: '*' }), 'Statement[0] must have either Resource or NotResource'],
    [text(allow({ Action: [] })), 'Statement[0].Action must be a text or a list of texts'],
    [text(allow({ Action: [1] })), 'Statement[0].Action must be a text or a list of texts'],
    [text(allow({ Resource: {} })), 'Statement[0].Resource must be a text or a list of texts'],
    [text(allow({ Conditions: {} })), 'Statement[0] must not have "Conditions"'],
    [text(allow({ Principal: ['*'] })), 'Statement[0] must not have "Principal"'],
    [text(allow({ Condition: [] })), 'Statement[0].Condition must be an object'],
    [text(allow({ Condition: { Like: {} } })), 'Statement[0].Condition.Like is no operator'],
    [text(allow({ Condition: { constructor: {} } })), 'Statement[0].Condition.constructor is no operator'],
    [text(allow({ Condition: { Bool: 'true' } })), 'Statement[0].Condition.Bool must be an object'],
    [
      text(allow({ Condition: { Bool: { 'acs:MFAPresent': true } } })),
      'Statement[0].Condition.Bool.acs:MFAPresent must be a text or a list of texts',
    ],
  ])('is refused with the rule: %s', (policy, rule) => {
    expect(parseRamPolicy(policy)).toEqual({ ok: false, rule });
  });
});
