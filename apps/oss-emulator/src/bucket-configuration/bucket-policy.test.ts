import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const statement = {
  Effect: 'Deny',
  Action: ['oss:GetObject'],
  Principal: ['1234567890'],
  Resource: ['acs:oss:*:1:*/*'],
};
const policyOf = (...statements: object[]): string => JSON.stringify({ Version: '1', Statement: statements });

describe('a bucket policy', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const put = (body: string) => emulator.send('PUT', { query: { policy: '' }, body });
  const isPublic = async () => (await emulator.send('GET', { query: { policyStatus: '' } })).element('IsPublic');

  it('is answered byte for byte until it is deleted', async () => {
    const body = `\n${policyOf(statement).replaceAll(',', ', ')}\n`;
    expect((await put(body)).status).toBe(200);
    const got = await emulator.send('GET', { query: { policy: '' } });
    expect([got.status, got.headers['content-type'], got.text]).toEqual([200, 'application/json', body]);
    expect((await emulator.send('DELETE', { query: { policy: '' } })).status).toBe(204);
    const gone = await emulator.send('GET', { query: { policy: '' } });
    expect([gone.status, gone.element('Code'), gone.element('EC')]).toEqual([
      404,
      'NoSuchBucketPolicy',
      '0030-00000006',
    ]);
  });

  it.each([
    ['no JSON', 'policy', '0030-00000005'],
    ['no object', '[]', '0030-00000005'],
    ['a number for its version', '{"Version":1,"Statement":[]}', '0030-00000005'],
    ['another version', policyOf(statement).replace('"1"', '"2"'), '0030-00000002'],
    ['no statements', policyOf(), '0030-00000005'],
    ['an unknown effect', policyOf({ ...statement, Effect: 'Maybe' }), '0030-00000005'],
    ['actions that are no text', policyOf({ ...statement, Action: [1] }), '0030-00000005'],
    [
      'an operator that is none',
      policyOf({ ...statement, Condition: { StringFoo: { 'oss:Prefix': 'a' } } }),
      '0030-00000005',
    ],
    ['no resource', policyOf({ ...statement, Resource: undefined }), '0030-00000005'],
    ['a statement that is too long', policyOf({ ...statement, Principal: ['1'.repeat(4095)] }), '0030-00000003'],
    ['more than 16 KB', policyOf(...Array.from({ length: 200 }, () => statement)), '0030-00000001'],
  ])('is refused with %s', async (_what, body, ec) => {
    const answer = await put(body);
    expect([answer.status, answer.element('Code'), answer.element('EC')]).toEqual([400, 'InvalidPolicyDocument', ec]);
  });

  // C++ SDK, SetBucketPolicyInvalidInputTest.
  it('is told the character that no policy begins with', async () => {
    expect((await put('policy')).element('Message')).toBe('unknown char p');
  });

  it('is public when it lets everybody do something on no condition', async () => {
    expect(await isPublic()).toBe('false');
    await put(policyOf(statement));
    expect(await isPublic()).toBe('false');
    await put(
      policyOf({
        ...statement,
        Effect: 'Allow',
        Principal: ['*'],
        Condition: { IpAddress: { 'acs:SourceIp': ['10.0.0.0/8'] } },
      }),
    );
    expect(await isPublic()).toBe('false');
    await put(policyOf({ ...statement, Effect: 'Allow', Principal: ['*'] }));
    expect(await isPublic()).toBe('true');
    await put(policyOf(statement));
    await put(policyOf({ ...statement, Effect: 'Allow', Principal: [] }));
    expect(await isPublic()).toBe('true');
  });

  it('is public when it does not say whom it lets do something', async () => {
    const { Principal: _principal, ...unnamed } = statement;
    await put(policyOf({ ...unnamed, Effect: 'Deny' }));
    expect(await isPublic()).toBe('false');
    await put(policyOf({ ...unnamed, Effect: 'Allow' }));
    expect(await isPublic()).toBe('true');
  });

  it('cannot be public on a bucket that blocks public access', async () => {
    const block =
      '<PublicAccessBlockConfiguration><BlockPublicAccess>true</BlockPublicAccess></PublicAccessBlockConfiguration>';
    await emulator.send('PUT', { query: { publicAccessBlock: '' }, body: block });
    const refused = await put(policyOf({ ...statement, Effect: 'Allow', Principal: '*' }));
    expect([refused.status, refused.element('Code'), refused.element('Message')]).toEqual([
      403,
      'AccessDenied',
      'Put public bucket policy is not allowed',
    ]);
    expect((await put(policyOf(statement))).status).toBe(200);
  });
});
