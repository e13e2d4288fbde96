import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Credentials } from '@oss-callback/oss-signing';
import { BUCKET } from '../../test/emulator-client.ts';
import type { ClientRequest } from '../../test/emulator-client.ts';
import { assumeRole } from '../../test/sts-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';
import { MemoryObjectStore } from '../store/memory-object-store.ts';

const ALL = `acs:oss:*:*:${BUCKET}/*`;

/** A bucket policy that has been put, held against everybody but the owner. */
describe('the policy of a bucket', () => {
  let emulator: TestEmulator;
  let credentials: Required<Credentials>;
  const store = new MemoryObjectStore();

  beforeAll(async () => {
    const nothing = [{ Effect: 'Deny', Action: 'oss:AbortMultipartUpload', Resource: '*' }];
    const roles = [{ name: 'uploader', policy: { Version: '1', Statement: nothing } }];
    emulator = await startTestEmulator({ store, roles });
    for (const key of ['open/a', 'closed/a']) {
      // oxlint-disable-next-line no-await-in-loop
      await emulator.send('PUT', { key, body: 'bytes' });
    }
    credentials = await assumeRole(emulator.url);
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const setPolicy = async (policy: string) => {
    const response = await emulator.send('PUT', { query: { policy: '' }, body: policy });
    expect([response.status, response.element('Message')]).toEqual([200, undefined]);
  };
  const set = (...statements: readonly object[]) => setPolicy(JSON.stringify({ Version: '1', Statement: statements }));
  const allow = (more: object) => ({
    Effect: 'Allow',
    Principal: ['*'],
    Action: 'oss:GetObject',
    Resource: ALL,
    ...more,
  });
  const deny = (more: object) => ({ ...allow(more), Effect: 'Deny' });
  const outcome = async (method: string, request: ClientRequest) => {
    const response = await emulator.send(method, request);
    return response.element('EC') ?? response.status;
  };
  const nobody = (method: string, request: ClientRequest) => outcome(method, { ...request, signature: 'none' });
  const session = (method: string, request: ClientRequest) => outcome(method, { ...request, credentials });

  it.each([BUCKET, ''])(
    'opens nothing while public access is blocked for "%s" (empty: the account), and still denies',
    async (bucket) => {
      await set(allow({}), deny({ Resource: `acs:oss:*:*:${BUCKET}/closed/*` }));
      const block = (value: boolean) =>
        emulator.send('PUT', {
          bucket,
          query: { publicAccessBlock: '' },
          body: `<PublicAccessBlockConfiguration><BlockPublicAccess>${value}</BlockPublicAccess></PublicAccessBlockConfiguration>`,
        });
      expect((await block(true)).status).toBe(200);
      expect(await nobody('GET', { key: 'open/a' })).toBe('0003-00000001');
      expect(await nobody('GET', { key: 'closed/a' })).toBe('0003-00000202');
      const policy = JSON.stringify({ Version: '1', Statement: [allow({})] });
      const refused = await emulator.send('PUT', { query: { policy: '' }, body: policy });
      expect([refused.status, refused.element('Code')]).toEqual([403, 'AccessDenied']);
      expect((await block(false)).status).toBe(200);
      expect(await nobody('GET', { key: 'open/a' })).toBe(200);
    },
  );

  it('opens what it allows to everybody, and nothing else', async () => {
    await set(
      allow({ Resource: `acs:oss:*:*:${BUCKET}/open/*` }),
      allow({ Action: 'oss:ListObjects', Resource: `acs:oss:*:*:${BUCKET}` }),
    );
    expect(await nobody('GET', { key: 'open/a' })).toBe(200);
    expect(await nobody('HEAD', { key: 'open/a' })).toBe(200);
    expect(await nobody('GET', {})).toBe(200);
    expect(await nobody('GET', { key: 'closed/a' })).toBe('0003-00000001');
    expect(await nobody('PUT', { key: 'open/b', body: 'b' })).toBe('0003-00000001');
    expect(await nobody('GET', { bucket: '' })).toBe('0003-00000001');
    expect(await nobody('GET', { query: { acl: '' } })).toBe('0003-00000001');
  });

  it('closes what it denies, whatever the ACL says', async () => {
    await emulator.send('PUT', { key: 'open/public', body: 'b', headers: { 'x-oss-object-acl': 'public-read' } });
    await set(allow({}));
    expect(await nobody('GET', { key: 'open/public' })).toBe(200);
    await set(allow({}), deny({ Resource: `acs:oss:*:*:${BUCKET}/open/*` }));
    expect(await nobody('GET', { key: 'open/public' })).toBe('0003-00000202');
    expect(await nobody('GET', { key: 'closed/a' })).toBe(200);
    const refused = await emulator.send('GET', { key: 'open/public', signature: 'none' });
    expect(refused.element('Message')).toBe('Access denied by bucket policy.');
  });

  it('opens no symlink to what it does not open', async () => {
    const link = (key: string, target: string) =>
      emulator.send('PUT', { key, query: { symlink: '' }, headers: { 'x-oss-symlink-target': target } });
    await link('open/to-open', 'open/a');
    await link('open/to-closed', 'closed/a');
    await set(allow({ Resource: `acs:oss:*:*:${BUCKET}/open/*` }));
    expect(await nobody('GET', { key: 'open/to-open' })).toBe(200);
    expect(await nobody('GET', { key: 'open/to-closed' })).toBe('0003-00000001');
  });

  it('never shuts out the owner', async () => {
    await set(deny({ Action: '*' }), deny({ Action: '*', Condition: { Bool: { 'acs:SecureTransport': 'false' } } }));
    expect(await outcome('GET', { key: 'open/a' })).toBe(200);
  });

  it('gives sessions what their role does not, by name, and takes from them what it does', async () => {
    await set(allow({ Principal: ['1234567890'] }));
    expect(await session('GET', { key: 'open/a' })).toBe('0003-00000001');
    for (const Principal of [
      '*',
      'arn:sts::*:assumed-role/uploader/*',
      'arn:sts::1000000000000001:assumed-role/uploader/user-1',
    ]) {
      // oxlint-disable-next-line no-await-in-loop
      await set(allow({ Principal }));
      // oxlint-disable-next-line no-await-in-loop
      expect(await session('GET', { key: 'open/a' })).toBe(200);
      // oxlint-disable-next-line no-await-in-loop
      expect(await session('PUT', { key: 'open/a', body: 'b' })).toBe('0003-00000001');
    }
    await set(allow({ Principal: ['arn:sts::*:assumed-role/downloader/*'] }));
    expect(await session('GET', { key: 'open/a' })).toBe('0003-00000001');
    await set(allow({}), deny({ Action: '*', Principal: ['arn:sts::*:assumed-role/uploader/user-1'] }));
    expect(await session('GET', { key: 'open/a' })).toBe('0003-00000202');
    // The role denies this too.
    expect(await session('DELETE', { key: 'open/a', query: { uploadId: 'x' } })).toBe('0003-00000203');
    const body = '<Delete><Object><Key>open/a</Key></Object></Delete>';
    expect(await session('POST', { query: { delete: '' }, body })).toBe('0003-00000204');
  });

  it('gives a session nothing that its own policy does not allow', async () => {
    await set(allow({ Action: '*' }));
    const statement = { Effect: 'Allow', Action: 'oss:PutObject', Resource: '*' };
    const limited = await assumeRole(emulator.url, { policy: { Version: '1', Statement: [statement] } });
    expect(await outcome('GET', { key: 'open/a', credentials: limited })).toBe('0003-00000301');
    expect(await outcome('PUT', { key: 'open/c', body: 'c', credentials: limited })).toBe(200);
  });

  it('holds its conditions against the request, and takes an empty list for everybody', async () => {
    await set(allow({ Principal: [], Condition: { IpAddress: { 'acs:SourceIp': '127.0.0.0/8' } } }));
    expect(await nobody('GET', { key: 'open/a' })).toBe(200);
    await set(allow({ Principal: [], Condition: { IpAddress: { 'acs:SourceIp': '10.0.0.0/8' } } }));
    expect(await nobody('GET', { key: 'open/a' })).toBe('0003-00000001');
  });

  it('is for nobody when it allows and names nobody, and for everybody when it denies', async () => {
    const unnamed = { Action: 'oss:GetObject', Resource: ALL };
    await set({ Effect: 'Allow', ...unnamed });
    expect(await nobody('GET', { key: 'open/a' })).toBe('0003-00000001');
    await set({ Effect: 'Deny', ...unnamed });
    expect(await nobody('GET', { key: 'open/a' })).toBe('0003-00000202');
  });

  it('denies everything when it cannot be read', async () => {
    await set(allow({}));
    const policy = JSON.stringify({ Version: '1', Statement: [allow({}), allow({ Condition: { Unheard: {} } })] });
    await store.updateBucket(BUCKET, (bucket) => ({ ...bucket, settings: { ...bucket.settings, policy } }));
    expect(await nobody('GET', { key: 'open/a' })).toBe('0003-00000202');
  });

  it.each(['CopyObject', 'UploadPartCopy'])(
    'keeps what it denies from an anonymous %s into an open bucket',
    async (copy) => {
      await set(deny({ Action: 'oss:*' }));
      await emulator.send('PUT', { query: { acl: '' }, headers: { 'x-oss-acl': 'public-read' } });
      const bucket = 'open-to-write';
      await emulator.send('PUT', { bucket, headers: { 'x-oss-acl': 'public-read-write' } });
      const upload = await emulator.send('POST', { bucket, key: 'stolen', query: { uploads: '' } });
      const query = { partNumber: '1', uploadId: upload.element('UploadId') ?? '' };
      const headers = { 'x-oss-copy-source': `/${BUCKET}/open/a` };
      const request = { bucket, key: 'stolen', headers, ...(copy === 'UploadPartCopy' && { query }) };
      expect(await nobody('PUT', request)).toBe('0003-00000202');
      await set(allow({ Action: 'oss:ListObjects', Resource: `acs:oss:*:*:${BUCKET}` }));
      expect(await nobody('PUT', request)).toBe(200);
      await emulator.send('PUT', { query: { acl: '' }, headers: { 'x-oss-acl': 'private' } });
    },
  );
});
