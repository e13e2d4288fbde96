import OSS from 'ali-oss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, CREDENTIALS } from '../../test/emulator-client.ts';
import { ROLE_ARN } from '../../test/sts-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

/** After the SDK's own `test/node/sts.test.js`. */
describe('the STS client of ali-oss, as published', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const sts = () => new OSS.STS({ ...CREDENTIALS, endpoint: emulator.url } as never);
  const policyOf = (Action: string) => ({
    Statement: [{ Action: [Action], Effect: 'Allow', Resource: ['acs:oss:*:*:*'] }],
    Version: '1',
  });
  const clientWith = async (policy: object | undefined, authorizationV4: boolean) => {
    const { credentials } = await sts().assumeRole(ROLE_ARN, policy);
    return new OSS({
      accessKeyId: credentials.AccessKeyId,
      accessKeySecret: credentials.AccessKeySecret,
      stsToken: credentials.SecurityToken,
      endpoint: emulator.url,
      region: 'oss-cn-hangzhou',
      bucket: BUCKET,
      authorizationV4,
    });
  };

  it('reads the refusal of a policy', async () => {
    const misspelt = JSON.stringify({ Version: '1', Statements: policyOf('oss:*').Statement });
    await expect(sts().assumeRole(ROLE_ARN, misspelt)).rejects.toMatchObject({
      status: 400,
      code: 'InvalidParameter.PolicyGrammar',
      message: expect.stringMatching(/^InvalidParameter\.PolicyGrammar: /),
    });
  });

  it.each([false, true])('lends credentials that put and list, V4 %s', async (authorizationV4) => {
    const client = await clientWith(undefined, authorizationV4);
    expect((await client.put('sts/a', Buffer.from('bytes'))).res.status).toBe(200);
    expect((await client.list({ 'max-keys': 10 }, {})).objects.map(({ name }) => name)).toContain('sts/a');
  });

  it.each([false, true])('deletes several objects only when the policy allows it, V4 %s', async (authorizationV4) => {
    const uploader = await clientWith(policyOf('oss:PutObject'), authorizationV4);
    await uploader.put('sts/1', Buffer.from('1'));
    await uploader.put('sts/2', Buffer.from('2'));
    await expect(uploader.deleteMulti(['sts/1', 'sts/2'])).rejects.toThrow(/Access denied by authorizer's policy/);
    const cleaner = await clientWith(policyOf('oss:DeleteObject'), authorizationV4);
    expect((await cleaner.deleteMulti(['sts/1', 'sts/2'])).res.status).toBe(200);
  });
});
