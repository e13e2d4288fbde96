import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presignUrl } from '@oss-callback/oss-signing';
import type { Credentials } from '@oss-callback/oss-signing';
import { BUCKET, CREDENTIALS, REGION, sendPlain } from '../../test/emulator-client.ts';
import type { ClientRequest, ClientResponse } from '../../test/emulator-client.ts';
import { assumeRole } from '../../test/sts-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const OTHER = 'another-bucket';
const policyOf = (...statements: readonly object[]) => ({ Version: '1', Statement: statements });
const allow = (action: string | readonly string[], resource: string | readonly string[], more: object = {}) => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
});
const outcome = (response: ClientResponse) => response.element('Code') ?? response.status;

describe('temporary credentials', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    await emulator.send('PUT', { bucket: OTHER });
    for (const key of ['user-1/a', 'user-2/a']) {
      // oxlint-disable-next-line no-await-in-loop
      await emulator.send('PUT', { key, body: 'bytes' });
    }
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const sessionWith = (policy?: object) => assumeRole(emulator.url, policy === undefined ? {} : { policy });
  const as = (credentials: Credentials) => async (method: string, request: ClientRequest) =>
    outcome(await emulator.send(method, { ...request, credentials }));

  it.each(['V1', 'V4'] as const)('may do everything without a policy, signed by %s', async (signature) => {
    const credentials = await sessionWith();
    expect((await emulator.send('PUT', { key: 'k', body: 'b', credentials, signature })).status).toBe(200);
    expect((await emulator.send('GET', { key: 'k', credentials, signature })).text).toBe('b');
    expect((await emulator.send('GET', { bucket: '', credentials, signature })).status).toBe(200);
  });

  it('sign presigned URLs', async () => {
    const credentials = await sessionWith(policyOf(allow('oss:GetObject', `acs:oss:*:*:${BUCKET}/user-1/*`)));
    const get = (key: string) => {
      const address = { endpoint: emulator.url, bucket: BUCKET, key };
      const signing = { credentials, region: REGION, expiresIn: 60, now: new Date() };
      const { url } = presignUrl({ method: 'GET', ...address, ...signing });
      return sendPlain(emulator.url, { method: 'GET', path: url.slice(emulator.url.length) });
    };
    expect((await get('user-1/a')).text).toBe('bytes');
    expect((await get('user-2/a')).element('EC')).toBe('0003-00000301');
  });

  it('may do what their policy allows, and nothing else', async () => {
    const send = as(
      await sessionWith(policyOf(allow(['oss:PutObject', 'oss:GetObject'], `acs:oss:*:*:${BUCKET}/user-1/*`))),
    );
    expect(await send('PUT', { key: 'user-1/b', body: 'b' })).toBe(200);
    expect(await send('GET', { key: 'user-1/b' })).toBe(200);
    expect(await send('HEAD', { key: 'user-1/b' })).toBe(200);
    expect(await send('PUT', { key: 'user-2/b', body: 'b' })).toBe('AccessDenied');
    expect(await send('GET', { key: 'user-2/a' })).toBe('AccessDenied');
    expect(await send('DELETE', { key: 'user-1/b' })).toBe('AccessDenied');
    expect(await send('GET', {})).toBe('AccessDenied');
    expect(await send('GET', { bucket: '' })).toBe('AccessDenied');
    expect(await send('DELETE', {})).toBe('AccessDenied');
    expect(await send('GET', { bucket: OTHER, key: 'user-1/b' })).toBe('AccessDenied');
  });

  it('are refused with what their policy lacks', async () => {
    const credentials = await sessionWith(policyOf(allow('oss:GetObject', '*')));
    const response = await emulator.send('PUT', { key: 'user-1/b', body: 'b', credentials });
    expect([response.status, response.element('Message'), response.element('EC')]).toEqual([
      403,
      "Access denied by authorizer's policy.",
      '0003-00000301',
    ]);
    expect(response.element('AuthAction')).toBe('oss:PutObject');
    expect(response.element('NoPermissionType')).toBe('ImplicitDeny');
    expect(response.element('AuthPrincipalType')).toBe('AssumedRoleUser');
    expect(emulator.log.at(-1)).toContain('AuthAction="oss:PutObject"');
    const denying = policyOf(allow('*', '*'), { ...allow('oss:PutObject', '*'), Effect: 'Deny' });
    const denied = await emulator.send('PUT', { key: 'k', body: 'b', credentials: await sessionWith(denying) });
    expect(denied.element('NoPermissionType')).toBe('ExplicitDeny');
  });

  it('list what the conditions of their policy allow', async () => {
    const Condition = { StringLike: { 'oss:Prefix': 'user-1/*' }, StringEquals: { 'oss:Delimiter': ['', '/'] } };
    const send = as(await sessionWith(policyOf(allow('oss:ListObjects', `acs:oss:*:*:${BUCKET}`, { Condition }))));
    expect(await send('GET', { query: { prefix: 'user-1/' } })).toBe(200);
    expect(await send('GET', { query: { prefix: 'user-1/', delimiter: '/', 'list-type': '2' } })).toBe(200);
    expect(await send('GET', { query: { prefix: 'user-2/' } })).toBe('AccessDenied');
    expect(await send('GET', { query: { prefix: 'user-1/', delimiter: 'a' } })).toBe('AccessDenied');
    expect(await send('GET', {})).toBe('AccessDenied');
  });

  it.each([
    ['IpAddress', 'acs:SourceIp', '127.0.0.0/8', '10.0.0.0/8'],
    ['Bool', 'acs:SecureTransport', 'false', 'true'],
    ['DateLessThan', 'acs:CurrentTime', '2999-01-01T00:00:00Z', '2001-01-01T00:00:00Z'],
    ['StringLike', 'acs:UserAgent', 'my-app/*', 'curl/*'],
    ['StringEquals', 'oss:RequestObjectTag/kind', 'photo', 'film'],
    ['NumericLessThan', 'acs:Unheard', 'x', '1'],
  ])('are held to %s %s', async (operator, key, holding, failing) => {
    const get = async (value: string) => {
      const policy = policyOf(allow('oss:*', '*', { Condition: { [operator]: { [key]: value } } }));
      const headers = { 'User-Agent': 'my-app/1.0', 'x-oss-tagging': 'kind=photo' };
      return as(await sessionWith(policy))('GET', { key: 'user-1/a', headers });
    };
    expect(await get(holding)).toBe(holding === 'x' ? 'AccessDenied' : 200);
    expect(await get(failing)).toBe('AccessDenied');
  });

  it('delete several objects only if they may delete each of them', async () => {
    const deletion = (...keys: readonly string[]) =>
      `<Delete>${keys.map((key) => `<Object><Key>${key}</Key></Object>`).join('')}</Delete>`;
    for (const key of ['user-1/x', 'user-1/y']) {
      // oxlint-disable-next-line no-await-in-loop
      await emulator.send('PUT', { key, body: 'b' });
    }
    const send = as(await sessionWith(policyOf(allow('oss:DeleteObject', `acs:oss:*:*:${BUCKET}/user-1/*`))));
    expect(await send('POST', { query: { delete: '' }, body: deletion('user-1/x', 'user-2/a') })).toBe('AccessDenied');
    expect((await emulator.send('GET', { key: 'user-1/x' })).status).toBe(200);
    expect(await send('POST', { query: { delete: '' }, body: deletion('user-1/x', 'user-1/y') })).toBe(200);
    expect((await emulator.send('GET', { key: 'user-1/x' })).status).toBe(404);
  });

  it('read by a symlink only what they may read without it', async () => {
    const send = as(
      await sessionWith(policyOf(allow(['oss:PutObject', 'oss:GetObject'], `acs:oss:*:*:${BUCKET}/user-1/*`))),
    );
    const link = (target: string) =>
      send('PUT', { key: 'user-1/link', query: { symlink: '' }, headers: { 'x-oss-symlink-target': target } });
    expect(await link('user-2/a')).toBe(200);
    expect(await send('GET', { key: 'user-1/link' })).toBe('AccessDenied');
    expect(await send('HEAD', { key: 'user-1/link' })).toBe(403);
    expect(await link('user-1/a')).toBe(200);
    expect(await send('GET', { key: 'user-1/link' })).toBe(200);
  });

  it('may do what role and policy both allow; where the role says nothing, the ACL may', async () => {
    const policy = policyOf(allow(['oss:GetObject', 'oss:PutObject'], [`acs:oss:*:*:${BUCKET}/*`]), {
      ...allow('oss:*', 'acs:oss:*:*:*/secret'),
      Effect: 'Deny',
    });
    await using strict = await startTestEmulator({ roles: [{ name: 'uploader', policy }] });
    await strict.send('PUT', { bucket: OTHER, headers: { 'x-oss-acl': 'public-read' } });
    await strict.send('PUT', { bucket: OTHER, key: 'open', body: 'b' });
    await strict.send('PUT', { bucket: OTHER, key: 'secret', body: 'b' });
    const everything = await assumeRole(strict.url);
    const reading = await assumeRole(strict.url, { policy: policyOf(allow('oss:GetObject', '*')) });
    const send = async (method: string, request: ClientRequest) => strict.send(method, { body: 'b', ...request });
    expect(outcome(await send('PUT', { key: 'k', credentials: everything }))).toBe(200);
    expect(outcome(await send('PUT', { key: 'k', credentials: reading }))).toBe('AccessDenied');
    expect(outcome(await send('GET', { key: 'k', credentials: reading }))).toBe(200);
    expect(outcome(await send('DELETE', { key: 'k', credentials: everything }))).toBe('AccessDenied');
    expect(outcome(await send('GET', { bucket: OTHER, key: 'open', credentials: everything }))).toBe(200);
    const denied = await send('GET', { bucket: OTHER, key: 'secret', credentials: everything });
    expect([denied.element('Code'), denied.element('EC')]).toEqual(['AccessDenied', '0003-00000201']);
    const closed = await send('PUT', { bucket: OTHER, key: 'new', credentials: everything });
    expect([closed.element('Code'), closed.element('EC')]).toEqual(['AccessDenied', '0003-00000001']);
  });

  it('end when they expire', async () => {
    let now = new Date();
    await using clocked = await startTestEmulator({ now: () => now });
    const credentials = await assumeRole(clocked.url, { durationSeconds: 900 });
    now = new Date(Math.floor(now.getTime() / 1000) * 1000 + 899_000);
    expect(outcome(await clocked.send('GET', { credentials, now }))).toBe(200);
    now = new Date(now.getTime() + 1000);
    const late = await clocked.send('GET', { credentials, now });
    expect([late.status, late.element('Code'), late.element('EC')]).toEqual([
      403,
      'SecurityTokenExpired',
      '0002-00000007',
    ]);
  });

  it('are worth nothing without their token, with another one, or when made up', async () => {
    const credentials = await sessionWith();
    const { accessKeyId, accessKeySecret, securityToken = '' } = credentials;
    const other = await sessionWith();
    const send = async (changed: Credentials) => {
      const response = await emulator.send('GET', { credentials: changed });
      return [response.element('Code'), response.element('EC')];
    };
    expect(await send({ accessKeyId, accessKeySecret })).toEqual(['InvalidRequest', undefined]);
    expect(await send({ ...credentials, securityToken: other.securityToken })).toEqual([
      'AccessKeyIdAndSecurityTokenNotMatch',
      '0002-00000004',
    ]);
    const flipped = `${securityToken.slice(0, 40)}${securityToken[40] === 'A' ? 'B' : 'A'}${securityToken.slice(41)}`;
    expect(await send({ ...credentials, securityToken: flipped })).toEqual(['InvalidSecurityToken', '0002-00000006']);
    const madeUp = `${accessKeyId.slice(0, -1)}${accessKeyId.endsWith('A') ? 'B' : 'A'}`;
    expect(await send({ ...credentials, accessKeyId: madeUp })).toEqual(['InvalidAccessKeyId', '0002-00000002']);
    expect(await send({ accessKeyId: madeUp, accessKeySecret })).toEqual(['InvalidAccessKeyId', '0002-00000902']);
    expect(await send({ ...credentials, accessKeySecret: other.accessKeySecret })).toEqual([
      'SignatureDoesNotMatch',
      '0002-00000040',
    ]);
    expect(await send({ ...CREDENTIALS, securityToken })).toEqual(['InvalidAccessKeyId', '0002-00000002']);
  });

  it('cannot be had by a token in one place and a signature that looks in another', async () => {
    const { accessKeyId } = await sessionWith();
    for (const guess of ['none', 'undefined', '']) {
      const credentials = { accessKeyId, accessKeySecret: guess || 'none', securityToken: guess };
      const address = { endpoint: emulator.url, bucket: BUCKET, key: 'user-1/a' };
      const signing = { credentials, region: REGION, expiresIn: 60, now: new Date() };
      const { url } = presignUrl({ method: 'GET', ...address, ...signing, headers: { 'x-oss-security-token': '' } });
      // oxlint-disable-next-line no-await-in-loop
      const response = await sendPlain(emulator.url, {
        method: 'GET',
        path: url.slice(emulator.url.length),
        headers: { 'x-oss-security-token': '' },
      });
      expect(response.status).toBeGreaterThanOrEqual(400);
    }
  });
});
