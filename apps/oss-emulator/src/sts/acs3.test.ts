import { signAcs3Request } from '@oss-callback/oss-signing';
import type { Credentials } from '@oss-callback/oss-signing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CREDENTIALS, sendPlain } from '../../test/emulator-client.ts';
import { assumeRole, ROLE_ARN, sendSts } from '../../test/sts-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('STS by signature V3 of OpenAPI', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  let nonces = 0;
  const call = async (
    more: {
      readonly credentials?: Credentials;
      readonly now?: Date;
      readonly nonce?: string;
      readonly changed?: Readonly<Record<string, string | undefined>>;
      readonly form?: Readonly<Record<string, string>>;
    } = {},
  ) => {
    nonces += 1;
    const { credentials = CREDENTIALS, now = new Date(), nonce = `acs3-${nonces}`, changed = {}, form = {} } = more;
    const query = { RoleArn: ROLE_ARN, RoleSessionName: 'user-1' };
    const body = Buffer.from(new URLSearchParams(form).toString());
    const { host } = new URL(emulator.url);
    const headers = { host, 'content-type': 'application/x-www-form-urlencoded' };
    const signing = { action: 'AssumeRole', version: '2015-04-01', credentials, now, nonce };
    const signed = signAcs3Request({ method: 'POST', query, headers, body }, signing);
    const all = Object.entries({ ...signed.headers, 'content-length': String(body.length), ...changed });
    const response = await sendPlain(emulator.url, {
      method: 'POST',
      path: `/?${new URLSearchParams(query).toString()}`,
      headers: Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== undefined)),
      body,
    });
    return { status: response.status, json: JSON.parse(response.text) as Record<string, unknown> };
  };

  it('lends credentials, with what is in the query and in the form', async () => {
    expect(await call()).toMatchObject({ status: 200, json: { AssumedRoleUser: { Arn: `${ROLE_ARN}/user-1` } } });
    expect((await call({ form: { DurationSeconds: '899' } })).json['Code']).toBe('InvalidParameter.DurationSeconds');
  });

  it('knows sessions by their header', async () => {
    const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' };
    const session = await assumeRole(emulator.url, { policy: { Version: '1', Statement: [statement] } });
    expect((await call({ credentials: session })).status).toBe(200);
    const other = await assumeRole(emulator.url);
    const mixed = { ...session, securityToken: other.securityToken };
    expect((await call({ credentials: mixed })).json['Code']).toBe('InvalidSecurityToken.MismatchWithAccessKey');
  });

  it.each([
    ['MissingTimestamp', { changed: { 'x-acs-date': undefined } }],
    ['MissingSignatureNonce', { changed: { 'x-acs-signature-nonce': undefined } }],
    ['MissingAction', { changed: { 'x-acs-action': undefined } }],
    ['MissingVersion', { changed: { 'x-acs-version': undefined } }],
    ['InvalidParameter', { changed: { authorization: 'ACS3-HMAC-SHA256 nonsense' } }],
    ['InvalidParameter', { changed: { 'x-acs-extra': 'unsigned' } }],
    ['InvalidParameter', { changed: { 'x-acs-content-sha256': 'a'.repeat(64) } }],
    ['InvalidTimeStamp.Format', { changed: { 'x-acs-date': 'today' } }],
    ['InvalidTimeStamp.Expired', { now: new Date(0) }],
    ['InvalidAccessKeyId.NotFound', { credentials: { ...CREDENTIALS, accessKeyId: 'nobody' } }],
    ['SignatureDoesNotMatch', { credentials: { ...CREDENTIALS, accessKeySecret: 'wrong' } }],
    ['SignatureDoesNotMatch', { changed: { 'x-acs-action': 'GetCallerIdentity' } }],
  ])('refuses with %s: %o', async (code, more) => {
    expect((await call(more)).json['Code']).toBe(code);
  });

  it('takes a nonce once, whichever signature comes with it', async () => {
    await call({ nonce: 'once' });
    expect((await call({ nonce: 'once' })).json['Code']).toBe('SignatureNonceUsed');
    const identity = await sendSts(emulator.url, { Action: 'GetCallerIdentity' }, { nonce: 'once' });
    expect(JSON.parse(identity.text)).toMatchObject({ Code: 'SignatureNonceUsed' });
  });

  it('does what the signed action says, not a parameter beside it', async () => {
    const response = await call({ form: { Action: 'GetCallerIdentity' } });
    expect(response.json).toHaveProperty('Credentials');
    const older = await sendSts(
      emulator.url,
      { Action: 'GetCallerIdentity' },
      { headers: { 'x-acs-action': 'AssumeRole' } },
    );
    expect(JSON.parse(older.text)).toHaveProperty('IdentityType');
  });
});
