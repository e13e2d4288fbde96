import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signStsRequest } from '@oss-callback/oss-signing';
import { BUCKET, CREDENTIALS, sendPlain, sendRaw } from '../../test/emulator-client.ts';
import type { ClientResponse } from '../../test/emulator-client.ts';
import { assumeRole, ROLE_ARN, sendSts } from '../../test/sts-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';
import { answerSts } from './answer-sts.ts';
import { createNonceMemory } from './nonce-memory.ts';
import { stsErrors } from './sts-errors.ts';
import type { StsErrorCode } from './sts-errors.ts';
import { createStsSessions } from './sts-sessions.ts';

const ASSUME = { Action: 'AssumeRole', RoleArn: ROLE_ARN, RoleSessionName: 'user-1' };
const POLICY = { Version: '1', Statement: [{ Effect: 'Allow', Action: 'oss:PutObject', Resource: '*' }] };

describe('STS', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const json = ({ text }: ClientResponse) => JSON.parse(text) as Record<string, never>;

  it.each(['GET', 'POST'] as const)('answers AssumeRole by %s in JSON', async (method) => {
    const response = await sendSts(emulator.url, ASSUME, { method });
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toBe('application/json;charset=utf-8');
    expect(response.headers['x-acs-request-id']).toBe(json(response)['RequestId']);
    expect(json(response)).toEqual({
      RequestId: expect.stringMatching(/^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/),
      AssumedRoleUser: {
        Arn: `${ROLE_ARN}/user-1`,
        AssumedRoleId: expect.stringMatching(/^3\d{17}:user-1$/),
      },
      Credentials: {
        AccessKeyId: expect.stringMatching(/^STS\.[A-Za-z0-9]{25}$/),
        AccessKeySecret: expect.stringMatching(/^[A-Za-z0-9]{44}$/),
        SecurityToken: expect.stringMatching(/^CAIS[A-Za-z0-9+/]+=*$/),
        Expiration: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      },
    });
  });

  it('answers in XML when asked to', async () => {
    const response = await sendSts(emulator.url, { ...ASSUME, Format: 'xml' });
    expect(response.headers['content-type']).toBe('text/xml;charset=utf-8');
    expect(response.text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<AssumeRoleResponse>/);
    expect(response.element('AccessKeyId')).toMatch(/^STS\./);
    const refused = await sendSts(emulator.url, { ...ASSUME, Format: 'XML', RoleArn: 'nobody' });
    expect(refused.text).toMatch(/^<\?xml[^>]*\?>\n<Error>/);
    expect(refused.element('Code')).toBe('InvalidParameter.RoleArn');
  });

  it.each([
    ['sts.aliyuncs.com'],
    ['sts.cn-hangzhou.aliyuncs.com'],
    ['sts-vpc.cn-hangzhou.aliyuncs.com'],
    ['sts.localhost:9280'],
    ['localhost:9280'],
    ['oss-emulator'],
  ])('is found under %s', async (host) => {
    expect((await sendSts(emulator.url, ASSUME, { host })).status).toBe(200);
    expect((await sendSts(emulator.url, ASSUME, { host, method: 'GET' })).status).toBe(200);
  });

  it('is found by clients that take the emulator for their HTTP proxy', async () => {
    const signing = { credentials: CREDENTIALS, now: new Date(), nonce: 'by proxy' };
    const { parameters } = signStsRequest({ method: 'GET', parameters: ASSUME }, signing);
    const target = `http://sts.aliyuncs.com/?${new URLSearchParams(parameters).toString()}`;
    const raw = await sendRaw(
      emulator.url,
      `GET ${target} HTTP/1.1\r\nHost: sts.aliyuncs.com\r\nConnection: close\r\n\r\n`,
    );
    expect(raw).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*"AccessKeyId":"STS\./);
  });

  it('answers everything that comes to its own host names, and leaves the rest of the others to OSS', async () => {
    const toSts = await sendPlain(emulator.url, { method: 'GET', path: '/', headers: { host: 'sts.aliyuncs.com' } });
    expect(json(toSts)['Code']).toBe('MissingAction');
    const toOss = await sendPlain(emulator.url, { method: 'GET', path: '/', headers: { host: 'oss-emulator' } });
    expect(toOss.element('Code')).toBe('AccessDenied');
    const bucket = await sendPlain(emulator.url, { method: 'GET', path: '/', headers: { host: 'sts.localhost' } });
    expect(bucket.element('Code')).toBe('NoSuchBucket');
    for (const host of ['sts.oss-cn-hangzhou.aliyuncs.com', 'sts-vpc.oss-cn-beijing-internal.aliyuncs.com']) {
      // oxlint-disable-next-line no-await-in-loop
      const named = await sendPlain(emulator.url, { method: 'GET', path: '/?Action=AssumeRole', headers: { host } });
      expect(named.element('Code')).toBe('NoSuchBucket');
    }
    const objectForm = await sendPlain(emulator.url, {
      method: 'POST',
      path: `/${BUCKET}/?Action=AssumeRole`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '0' },
    });
    expect(objectForm.text).toMatch(/^<\?xml/);
  });

  it('lends for an hour unless asked otherwise, and expires to the second', async () => {
    const now = new Date('2026-11-24T10:00:00.900Z');
    await using frozen = await startTestEmulator({ now: () => now });
    const expiration = async (more: object) =>
      (
        json(await sendSts(frozen.url, { ...ASSUME, ...more }, { now }))['Credentials'] as unknown as {
          Expiration: string;
        }
      ).Expiration;
    expect(await expiration({})).toBe('2026-11-24T11:00:00Z');
    expect(await expiration({ DurationSeconds: '900' })).toBe('2026-11-24T10:15:00Z');
    expect(await expiration({ DurationSeconds: '43200' })).toBe('2026-11-24T22:00:00Z');
  });

  it('says who calls', async () => {
    const identity = async (credentials = CREDENTIALS) =>
      json(await sendSts(emulator.url, { Action: 'GetCallerIdentity' }, { credentials }));
    expect(await identity()).toMatchObject({ IdentityType: 'Account', AccountId: '1000000000000001' });
    expect(await identity(await assumeRole(emulator.url))).toMatchObject({
      IdentityType: 'AssumedRoleUser',
      AccountId: '1000000000000001',
      Arn: 'acs:ram::1000000000000001:assumed-role/uploader/user-1',
    });
  });

  it('lets a session assume a role only if its policy says so', async () => {
    const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: 'acs:ram::*:role/uploader' };
    const may = await assumeRole(emulator.url, { policy: { Version: '1', Statement: [statement] } });
    const mayNot = await assumeRole(emulator.url, { policy: POLICY });
    await assumeRole(emulator.url, { credentials: may });
    await expect(assumeRole(emulator.url, { credentials: mayNot })).rejects.toThrow('NoPermission');
  });

  it('keeps sessions over a restart with the same data directory, and forgets them without one', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'oss-emulator-sts-'));
    try {
      let credentials = CREDENTIALS;
      {
        await using first = await startTestEmulator({ store: 'file', dataDir });
        credentials = await assumeRole(first.url);
      }
      await using second = await startTestEmulator({ store: 'file', dataDir });
      expect((await second.send('GET', { credentials })).status).toBe(200);
      const elsewhere = await emulator.send('GET', { credentials });
      expect(elsewhere.element('Code')).toBe('InvalidAccessKeyId');
    } finally {
      await rm(dataDir, { recursive: true });
    }
  });

  it('writes neither secrets nor tokens into its log', async () => {
    const credentials = await assumeRole(emulator.url);
    await sendSts(emulator.url, { ...ASSUME, RoleArn: 'wrong' }, { credentials });
    await sendSts(emulator.url, ASSUME, { credentials, unsigned: { Signature: 'AAAA' } });
    await emulator.send('GET', { credentials: { ...credentials, accessKeySecret: 'wrong' }, signature: 'V1' });
    const log = emulator.log.join('\n');
    expect(log).toContain('InvalidParameter.RoleArn');
    expect(log).not.toContain(credentials.accessKeySecret);
    expect(log).not.toContain(CREDENTIALS.accessKeySecret);
    expect(log).toContain('[token]');
    expect(log).not.toContain('CAIS');
  });

  describe('refuses, with the code and the message of its table,', () => {
    const call = (more: Readonly<Record<string, string>>) => sendSts(emulator.url, { ...ASSUME, ...more });
    const without = (name: string) => sendSts(emulator.url, ASSUME, { unsigned: { [name]: undefined } });
    const withSession = async (change: object) => {
      const credentials = { ...(await assumeRole(emulator.url)), ...change };
      return sendSts(emulator.url, ASSUME, { credentials });
    };

    const provoke: Record<Exclude<StsErrorCode, 'InternalError'>, () => Promise<ClientResponse>> = {
      MissingAction: () => without('Action'),
      MissingVersion: () => without('Version'),
      MissingAccessKeyId: () => without('AccessKeyId'),
      MissingSignature: () => without('Signature'),
      MissingSignatureMethod: () => without('SignatureMethod'),
      MissingSignatureNonce: () => without('SignatureNonce'),
      MissingSignatureVersion: () => without('SignatureVersion'),
      MissingTimestamp: () => without('Timestamp'),
      MissingSecurityToken: () => withSession({ securityToken: undefined }),
      MissingRoleArn: () => sendSts(emulator.url, { Action: 'AssumeRole', RoleSessionName: 'user-1' }),
      MissingRoleSessionName: () => sendSts(emulator.url, { Action: 'AssumeRole', RoleArn: ROLE_ARN }),
      InvalidParameter: () => call({ Action: 'AssumeRoleWithMagic' }),
      'InvalidParameter.RoleArn': () => call({ RoleArn: 'acs:ram::x:role/uploader' }),
      'InvalidParameter.RoleSessionName': () => call({ RoleSessionName: 'no blanks' }),
      'InvalidParameter.DurationSeconds': () => call({ DurationSeconds: '899' }),
      'InvalidParameter.PolicyGrammar': () => call({ Policy: '{"Version":"1","Statements":[]}' }),
      'InvalidParameter.PolicySize': () => call({ Policy: JSON.stringify(POLICY).padEnd(2049) }),
      'InvalidParameter.ExternalId': () => call({ ExternalId: 'a' }),
      InvalidSignatureMethod: () => call({ SignatureMethod: 'HMAC-MD5' }),
      'InvalidTimeStamp.Format': () => call({ Timestamp: 'yesterday' }),
      'InvalidTimeStamp.Expired': () => call({ Timestamp: '2020-01-01T00:00:00Z' }),
      SignatureDoesNotMatch: () => sendSts(emulator.url, ASSUME, { unsigned: { RoleSessionName: 'user-2' } }),
      SignatureNonceUsed: async () => {
        const nonce = 'the same again';
        await sendSts(emulator.url, ASSUME, { nonce });
        return sendSts(emulator.url, ASSUME, { nonce });
      },
      'InvalidSecurityToken.Malformed': () => withSession({ securityToken: 'CAISnonsense' }),
      'InvalidSecurityToken.MismatchWithAccessKey': async () =>
        withSession({ securityToken: (await assumeRole(emulator.url)).securityToken }),
      'InvalidSecurityToken.Expired': async () => {
        let now = new Date();
        await using clocked = await startTestEmulator({ now: () => now });
        const credentials = await assumeRole(clocked.url, { durationSeconds: 900 });
        now = new Date(now.getTime() + 901_000);
        return await sendSts(clocked.url, ASSUME, { credentials, now });
      },
      RequestBodyTooLarge: () => call({ Padding: 'a'.repeat(70_000) }),
      NoPermission: async () => withSession(await assumeRole(emulator.url, { policy: POLICY })),
      'InvalidAccessKeyId.NotFound': () =>
        sendSts(emulator.url, ASSUME, { credentials: { ...CREDENTIALS, accessKeyId: 'STS.NobodysKey' } }),
      'EntityNotExist.Role': async () => {
        await using strict = await startTestEmulator({ roles: [{ name: 'downloader' }] });
        return await sendSts(strict.url, ASSUME);
      },
    };

    it.each(Object.entries(provoke))('%s', async (code, provoked) => {
      const response = await provoked();
      const { status, message } = stsErrors[code as StsErrorCode];
      expect([response.status, json(response)['Code']]).toEqual([status, code]);
      expect(json(response)['Message']).toContain(message);
      expect(json(response)).toMatchObject({ RequestId: expect.any(String), HostId: '127.0.0.1' });
    });
  });

  it('answers for a fault of its own without a word about it, but to the log', async () => {
    const log: string[] = [];
    const broken = { account: { id: '1', credentials: CREDENTIALS }, sessions: createStsSessions(Buffer.alloc(32)) };
    const { parameters } = signStsRequest(
      { method: 'GET', parameters: ASSUME },
      { credentials: CREDENTIALS, now: new Date(), nonce: 'n' },
    );
    const roles = {
      find: () => {
        throw new RangeError('roles on fire');
      },
    };
    const body = { declaredSizeBytes: undefined, chunked: false, isWithheld: false, read: async function* () {} };
    const { status, body: bytes } = await answerSts(
      { method: 'GET', hostName: 'h', query: Object.entries(parameters), headers: {}, body, receivedAt: new Date() },
      { ...broken, roles, nonces: createNonceMemory(), log: (line) => log.push(line) },
    );
    expect([status, JSON.parse((bytes as Buffer).toString('utf8'))]).toEqual([
      500,
      expect.objectContaining({ Code: 'InternalError', Message: stsErrors.InternalError.message }),
    ]);
    expect(log.join()).toContain('roles on fire');
  });

  it.each([
    ['43201', 'The Min/Max value of DurationSeconds is 15min/12hr.'],
    ['1e3', 'The Min/Max value of DurationSeconds is 15min/12hr.'],
    ['-900', 'The Min/Max value of DurationSeconds is 15min/12hr.'],
  ])('refuses to lend for %s seconds', async (DurationSeconds, message) => {
    expect(json(await sendSts(emulator.url, { ...ASSUME, DurationSeconds }))['Message']).toBe(message);
  });

  it('lends for as long as the role allows', async () => {
    await using strict = await startTestEmulator({ roles: [{ name: 'uploader', maxSessionSeconds: 7200 }] });
    await assumeRole(strict.url, { durationSeconds: 7200 });
    await expect(assumeRole(strict.url, { durationSeconds: 7201 })).rejects.toThrow('15min/2hr');
  });

  it.each([
    [{ name: 'no blanks' }, 'name must be'],
    [{ name: 7 as never }, 'name must be'],
    [null as never, 'a role must be an object with a name'],
    [{ name: 'more', rights: 'all' } as never, 'a role must not have rights'],
    [{ name: 'short', maxSessionSeconds: 900 }, 'maxSessionSeconds of short must be from 3600 to 43200'],
    [{ name: 'wrong', policy: { Version: '1' } }, 'policy of wrong: Statement must be a list'],
  ])('does not start with the role %o', async (role, message) => {
    await expect(startTestEmulator({ roles: [role] })).rejects.toThrow(message);
  });
});
