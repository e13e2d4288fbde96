import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startReceiver } from '../../test/callback-receiver.ts';
import { BUCKET } from '../../test/emulator-client.ts';
import type { ClientRequest } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const OTHER = { id: '2000000000000002', credentials: { accessKeyId: 'other-key', accessKeySecret: 'other-secret' } };
const NOT_YOURS = [403, 'AccessDenied', '0003-00000001'];
const DENIED = [403, 'AccessDenied', '0003-00000202'];
const PAYER = { 'x-oss-request-payer': 'requester' };

describe('another account', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator({ otherAccounts: [OTHER] });
  });
  beforeEach(async () => {
    await emulator.reset();
    await emulator.send('PUT');
    await emulator.send('PUT', { key: 'open/a', body: 'bytes' });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const other = async (method: string, request: ClientRequest = {}) => {
    const response = await emulator.send(method, { credentials: OTHER.credentials, ...request });
    const refusal = [response.element('Code'), response.element('EC')].filter((text) => text !== undefined);
    return refusal.length === 0 ? [response.status] : [response.status, ...refusal];
  };
  const setPolicy = async (...statements: readonly object[]) => {
    const body = JSON.stringify({ Version: '1', Statement: statements });
    expect((await emulator.send('PUT', { query: { policy: '' }, body })).status).toBe(200);
  };
  const statement = (more: object) => ({
    Effect: 'Allow',
    Principal: [OTHER.id],
    Action: ['oss:*'],
    Resource: [`acs:oss:*:*:${BUCKET}`, `acs:oss:*:*:${BUCKET}/*`],
    ...more,
  });
  const letRequesterPay = async () => {
    const body = '<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>';
    expect((await emulator.send('PUT', { query: { requestPayment: '' }, body })).status).toBe(200);
  };

  it.each<[string, ClientRequest]>([
    ['GET', { key: 'open/a' }],
    ['PUT', { key: 'b', body: 'b' }],
    ['DELETE', { key: 'open/a' }],
    ['GET', {}],
    ['GET', { query: { policy: '' } }],
    ['PUT', { query: { acl: '' }, headers: { 'x-oss-acl': 'public-read' } }],
    ['POST', { query: { delete: '' }, body: '<Delete><Object><Key>open/a</Key></Object></Delete>' }],
  ])('may not use a private bucket: %s %o', async (method, request) => {
    expect(await other(method, request)).toEqual(NOT_YOURS);
    expect((await emulator.send('GET', { key: 'open/a' })).status).toBe(200);
  });

  it('is proved by its own secret', async () => {
    const credentials = { ...OTHER.credentials, accessKeySecret: 'guessed' };
    expect((await other('GET', { bucket: '', credentials })).slice(0, 2)).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await other('GET', { bucket: '', signature: 'V1' })).toEqual([200]);
  });

  it('sees no buckets, and makes none', async () => {
    const list = await emulator.send('GET', { bucket: '', credentials: OTHER.credentials });
    expect([list.element('ID'), list.element('Bucket')]).toEqual([OTHER.id, undefined]);
    expect((await other('PUT', { bucket: 'of-another' })).slice(0, 2)).toEqual([403, 'AccessDenied']);
    expect((await emulator.send('GET', { bucket: 'of-another' })).element('Code')).toBe('NoSuchBucket');
    const block = { bucket: '', query: { publicAccessBlock: '' } };
    expect((await other('GET', block)).slice(0, 2)).toEqual([403, 'AccessDenied']);
  });

  it('may do what the policy of the bucket allows its id, and no other', async () => {
    await setPolicy(statement({}), statement({ Effect: 'Deny', Resource: [`acs:oss:*:*:${BUCKET}/closed/*`] }));
    expect(await other('PUT', { key: 'b', body: 'b' })).toEqual([200]);
    expect(await other('GET', { key: 'b' })).toEqual([200]);
    expect(await other('GET', {})).toEqual([200]);
    expect(await other('PUT', { key: 'closed/b', body: 'b' })).toEqual(DENIED);
    expect(await other('PUT', { key: 'copy', headers: { 'x-oss-copy-source': `/${BUCKET}/b` } })).toEqual([200]);
    const deletion = (key: string) => ({
      query: { delete: '' },
      body: `<Delete><Object><Key>b</Key></Object><Object><Key>${key}</Key></Object></Delete>`,
    });
    expect(await other('POST', deletion('closed/b'))).toEqual(DENIED);
    expect(await other('POST', deletion('copy'))).toEqual([200]);
    await setPolicy(statement({ Principal: ['3000000000000003'] }));
    expect(await other('GET', { key: 'open/a' })).toEqual(NOT_YOURS);
  });

  it('may do what the ACL allows everybody', async () => {
    await emulator.send('PUT', { query: { acl: '' }, headers: { 'x-oss-acl': 'public-read' } });
    expect(await other('GET', { key: 'open/a' })).toEqual([200]);
    expect(await other('PUT', { key: 'b', body: 'b' })).toEqual(NOT_YOURS);
  });

  it('may read what the ACL opens to every account', async () => {
    await emulator.send('PUT', { query: { acl: '' }, headers: { 'x-oss-acl': 'authenticated-read' } });
    expect(await other('GET', { key: 'open/a' })).toEqual([200]);
    expect(await other('PUT', { key: 'b', body: 'b' })).toEqual(NOT_YOURS);
    expect((await emulator.send('GET', { key: 'open/a', signature: 'none' })).status).toBe(403);
  });

  it('loses what a policy gives everybody when public access is blocked, and keeps what it gives by name', async () => {
    const body =
      '<PublicAccessBlockConfiguration><BlockPublicAccess>true</BlockPublicAccess></PublicAccessBlockConfiguration>';
    const reading = { Action: ['oss:GetObject'] };
    await setPolicy(statement({ ...reading, Principal: ['*'] }));
    expect(await other('GET', { key: 'open/a' })).toEqual([200]);
    await emulator.send('PUT', { query: { publicAccessBlock: '' }, body });
    expect((await other('GET', { key: 'open/a' })).slice(0, 2)).toEqual([403, 'AccessDenied']);
    await setPolicy(statement(reading));
    expect(await other('GET', { key: 'open/a' })).toEqual([200]);
  });

  it('is asked for its own key by a condition', async () => {
    const condition = (keyId: string) => ({ Condition: { StringEquals: { 'acs:AccessId': [keyId] } } });
    await setPolicy(statement(condition('somebody-else')));
    expect(await other('GET', { key: 'open/a' })).toEqual(NOT_YOURS);
    await setPolicy(statement(condition(OTHER.credentials.accessKeyId)));
    expect(await other('GET', { key: 'open/a' })).toEqual([200]);
  });

  it('may not copy out of a bucket that is closed to it', async () => {
    await emulator.send('PUT', { bucket: 'closed-one' });
    await emulator.send('PUT', { bucket: 'closed-one', key: 'secret', body: 's' });
    await setPolicy(statement({}));
    const copy = { key: 'copy', headers: { 'x-oss-copy-source': '/closed-one/secret' } };
    expect(await other('PUT', copy)).toEqual(NOT_YOURS);
    await emulator.send('PUT', { bucket: 'closed-one', query: { acl: '' }, headers: { 'x-oss-acl': 'public-read' } });
    expect(await other('PUT', copy)).toEqual([200]);
  });

  it('is the requester of the callback', async () => {
    await setPolicy(statement({}));
    await using receiver = await startReceiver();
    const callback = { callbackUrl: receiver.url, callbackBody: 'bucket=${bucket}' };
    const headers = { 'x-oss-callback': Buffer.from(JSON.stringify(callback)).toString('base64') };
    expect(await other('PUT', { key: 'called', body: 'b', headers })).toEqual([200]);
    expect(receiver.received[0]?.headers['x-oss-requester']).toBe(OTHER.id);
  });

  describe('of a bucket that lets requesters pay', () => {
    beforeEach(async () => {
      await setPolicy(statement({}));
      await letRequesterPay();
    });

    it('has to say that it pays', async () => {
      expect(await other('GET', { key: 'open/a' })).toEqual([403, 'AccessDenied', '0003-00000703']);
      expect(await other('GET', { key: 'open/a', headers: { 'x-oss-request-payer': 'bucketOwner' } })).toEqual([
        403,
        'AccessDenied',
        '0003-00000703',
      ]);
      expect(await other('GET', { key: 'open/a', headers: PAYER })).toEqual([200]);
      expect(await other('GET', { key: 'open/a', query: PAYER })).toEqual([200]);
      const refused = await emulator.send('GET', { credentials: OTHER.credentials });
      expect(refused.element('Message')).toBe('Access denied for requester pay bucket');
    });

    it('still needs the right', async () => {
      await emulator.send('DELETE', { query: { policy: '' } });
      expect(await other('GET', { key: 'open/a', headers: PAYER })).toEqual(NOT_YOURS);
    });

    it('is no owner, who pays anyway, and not nobody, who cannot', async () => {
      await emulator.send('PUT', { query: { acl: '' }, headers: { 'x-oss-acl': 'public-read' } });
      expect((await emulator.send('GET', { key: 'open/a' })).status).toBe(200);
      expect(await other('GET', { key: 'open/a', signature: 'none', headers: PAYER })).toEqual([
        403,
        'AccessDenied',
        '0003-00000701',
      ]);
    });
  });

  it.each([
    [{ otherAccounts: [{ ...OTHER, id: 'x' }] }, 'up to 20 digits'],
    [{ otherAccounts: [OTHER, OTHER] }, 'of its own'],
    [{ otherAccounts: [OTHER], accountId: OTHER.id }, 'of its own'],
  ])('has to differ: %j', async (options, message) => {
    await expect(startTestEmulator(options)).rejects.toThrow(message);
  });
});
