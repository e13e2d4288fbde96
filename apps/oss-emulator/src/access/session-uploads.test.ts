import OSS from 'ali-oss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Credentials } from '@oss-callback/oss-signing';
import { startReceiver } from '../../test/callback-receiver.ts';
import { BUCKET } from '../../test/emulator-client.ts';
import { filePart, formBody, postForm, signedFields } from '../../test/post-form.ts';
import { assumeRole } from '../../test/sts-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const OWN = `acs:oss:*:*:${BUCKET}/user-1/*`;
const policyOf = (actions: readonly string[], resource: string | readonly string[] = OWN) => ({
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: actions, Resource: resource }],
});

/** What apps hand to phones and browsers: credentials that may upload under one prefix and nothing else. */
describe('every kind of upload with credentials for one prefix', () => {
  let emulator: TestEmulator;
  let credentials: Required<Credentials>;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    await emulator.send('PUT', { key: 'user-2/secret', body: 'secret' });
    credentials = await assumeRole(emulator.url, { policy: policyOf(['oss:PutObject']) });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const clientOf = ({ accessKeyId, accessKeySecret, securityToken }: Required<Credentials>) =>
    new OSS({
      accessKeyId,
      accessKeySecret,
      stsToken: securityToken ?? '',
      endpoint: emulator.url,
      region: 'oss-cn-hangzhou',
      bucket: BUCKET,
      authorizationV4: true,
    });
  const code = async (method: string, request: Parameters<TestEmulator['send']>[1]) => {
    const response = await emulator.send(method, { ...request, credentials });
    return response.element('Code') ?? response.status;
  };

  it.each(['V1', 'V4'] as const)('by form, %s', async (version) => {
    const post = async (key: string) => {
      const fields = signedFields({ key, version, credentials });
      const response = await postForm(emulator.url, formBody(fields, [filePart('form')]));
      return response.element('EC') ?? response.status;
    };
    expect(await post('user-1/form')).toBe(204);
    expect(await post('user-2/form')).toBe('0003-00000301');
  });

  it('by form, with a token that is not the key’s', async () => {
    const other = await assumeRole(emulator.url);
    const mixed = { ...credentials, securityToken: other.securityToken };
    const response = await postForm(emulator.url, formBody(signedFields({ key: 'user-1/form', credentials: mixed })));
    expect(response.element('Code')).toBe('AccessKeyIdAndSecurityTokenNotMatch');
  });

  it('by parts', async () => {
    const client = clientOf(credentials);
    const body = Buffer.alloc(300_000, 'a');
    const done = await client.multipartUpload('user-1/parts', body, { partSize: 102_400, parallel: 2 });
    expect(done.res.status).toBe(200);
    await expect(client.multipartUpload('user-2/parts', body, { partSize: 102_400 })).rejects.toMatchObject({
      code: 'AccessDenied',
    });
    const started = await client.initMultipartUpload('user-1/again');
    await expect(client.listParts('user-1/again', started.uploadId, {} as never, {})).rejects.toMatchObject({
      code: 'AccessDenied',
    });
    await expect(client.abortMultipartUpload('user-1/again', started.uploadId)).rejects.toMatchObject({
      code: 'AccessDenied',
    });
  });

  it('by appending', async () => {
    const query = { append: '', position: '0' };
    expect(await code('POST', { key: 'user-1/log', query, body: 'line' })).toBe(200);
    expect(await code('POST', { key: 'user-2/log', query, body: 'line' })).toBe('AccessDenied');
  });

  it('by copying, which also takes the right to read', async () => {
    await emulator.send('PUT', { key: 'user-1/mine', body: 'mine' });
    const copy = (source: string) =>
      code('PUT', { key: 'user-1/copy', headers: { 'x-oss-copy-source': `/${BUCKET}/${source}` } });
    expect(await copy('user-1/mine')).toBe('AccessDenied');
    credentials = await assumeRole(emulator.url, { policy: policyOf(['oss:PutObject', 'oss:GetObject']) });
    expect(await copy('user-1/mine')).toBe(200);
    expect(await copy('user-2/secret')).toBe('AccessDenied');
    expect(await copy('user-2%2Fsecret')).toBe('AccessDenied');
  });

  it('with tags, which take a right of their own', async () => {
    const put = (more: object) => code('PUT', { key: 'user-1/tagged', body: 'b', ...more });
    const headers = { 'x-oss-tagging': 'kind=photo' };
    expect(await put({})).toBe(200);
    expect(await put({ headers })).toBe('AccessDenied');
    credentials = await assumeRole(emulator.url, { policy: policyOf(['oss:PutObject', 'oss:PutObjectTagging']) });
    expect(await put({ headers })).toBe(200);
  });

  it('and reading by the tags that an object has', async () => {
    await emulator.send('PUT', { key: 'user-1/open', body: 'b', headers: { 'x-oss-tagging': 'kind=open' } });
    const Condition = { StringEquals: { 'oss:ExistingObjectTag/kind': 'open' } };
    const policy = {
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: 'oss:GetObject', Resource: OWN, Condition }],
    };
    credentials = await assumeRole(emulator.url, { policy });
    expect(await code('GET', { key: 'user-1/open' })).toBe(200);
    expect(await code('GET', { key: 'user-1/mine' })).toBe('AccessDenied');
  });

  it('and versions, which take rights of their own', async () => {
    const enable = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
    await using versioned = await startTestEmulator();
    await versioned.send('PUT', { query: { versioning: '' }, body: enable });
    const put = async (headers: Readonly<Record<string, string>>) =>
      (await versioned.send('PUT', { key: 'user-1/v', body: 'b', headers })).headers['x-oss-version-id'] ?? '';
    const closed = await put({});
    const open = await put({ 'x-oss-tagging': 'kind=open' });
    const as = async (policy: object, method: string, query: Readonly<Record<string, string>>) => {
      const session = await assumeRole(versioned.url, { policy });
      const response = await versioned.send(method, { key: 'user-1/v', query, credentials: session });
      return response.element('Code') ?? response.status;
    };
    const current = policyOf(['oss:GetObject', 'oss:DeleteObject']);
    const old = policyOf(['oss:GetObjectVersion', 'oss:DeleteObjectVersion']);
    expect(await as(current, 'GET', {})).toBe(200);
    expect(await as(current, 'GET', { versionId: closed })).toBe('AccessDenied');
    expect(await as(old, 'GET', { versionId: closed })).toBe(200);
    expect(await as(old, 'GET', {})).toBe('AccessDenied');
    const Condition = { StringEquals: { 'oss:ExistingObjectTag/kind': 'open' } };
    const statement = { Effect: 'Allow', Action: 'oss:GetObjectVersion', Resource: OWN, Condition };
    const tagged = { Version: '1', Statement: [statement] };
    expect(await as(tagged, 'GET', { versionId: open })).toBe(200);
    expect(await as(tagged, 'GET', { versionId: closed })).toBe('AccessDenied');
    expect(await as(current, 'DELETE', { versionId: closed })).toBe('AccessDenied');
    expect(await as(old, 'DELETE', { versionId: closed })).toBe(204);
  });

  it('with a callback, which tells the account and no token', async () => {
    await using receiver = await startReceiver();
    credentials = await assumeRole(emulator.url, { policy: policyOf(['oss:PutObject']) });
    const param = { callbackUrl: receiver.url, callbackBody: 'object=${object}' };
    const headers = { 'x-oss-callback': Buffer.from(JSON.stringify(param)).toString('base64') };
    expect(await code('PUT', { key: 'user-1/called', body: 'b', headers })).toBe(200);
    expect(receiver.received[0]!.headers['x-oss-requester']).toBe('1000000000000001');
    expect(await code('PUT', { key: 'user-2/called', body: 'b', headers })).toBe('AccessDenied');
    expect(receiver.received).toHaveLength(1);
    expect(JSON.stringify([receiver.received, emulator.journal.entries(), emulator.log])).not.toContain('CAIS');
  });
});
