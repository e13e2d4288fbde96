import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const ACLS = ['private', 'public-read', 'public-read-write'] as const;

describe('the ACL of an object', () => {
  let emulator: TestEmulator;
  const anonymous = { signature: 'none' } as const;
  const withAcl = (acl: string) => ({ headers: { 'x-oss-object-acl': acl } });

  beforeAll(async () => {
    emulator = await startTestEmulator();
    await Promise.all(ACLS.map((acl) => emulator.send('PUT', { bucket: `is-${acl}`, headers: { 'x-oss-acl': acl } })));
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  it('is the default one until it is set, and again when it is set to that', async () => {
    await emulator.send('PUT', { key: 'k', body: 'bytes' });
    expect(await granted('k')).toBe('default');
    for (const acl of [...ACLS, 'default']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const response = await emulator.send('PUT', { key: 'k', query: { acl: '' }, ...withAcl(acl) });
      expect([response.status, response.body.length]).toEqual([200, 0]);
      // oxlint-disable-next-line no-await-in-loop
      expect(await granted('k')).toBe(acl);
    }
    expect((await emulator.send('GET', { key: 'k' })).text).toBe('bytes');
  });

  it('comes with an upload, and goes with the next that gives none', async () => {
    await emulator.send('PUT', { key: 'uploaded', body: 'b', ...withAcl('public-read') });
    expect(await granted('uploaded')).toBe('public-read');
    await emulator.send('PUT', { key: 'uploaded', body: 'b', ...withAcl('default') });
    expect(await granted('uploaded')).toBe('default');
  });

  it.each([
    ['is-private', 'default', 403, 403],
    ['is-private', 'public-read', 200, 403],
    ['is-private', 'public-read-write', 200, 200],
    ['is-public-read', 'private', 403, 403],
    ['is-public-read-write', 'private', 403, 403],
    ['is-public-read-write', 'public-read', 200, 403],
    ['is-public-read-write', 'default', 200, 200],
  ])(
    'goes before that of a bucket that %s: %s lets anybody GET with %i and PUT with %i',
    async (bucket, acl, get, put) => {
      const key = `object-${acl}`;
      await emulator.send('PUT', { bucket, key, body: 'b', ...withAcl(acl) });
      expect((await emulator.send('GET', { bucket, key, ...anonymous })).status).toBe(get);
      expect((await emulator.send('HEAD', { bucket, key, ...anonymous })).status).toBe(get);
      expect((await emulator.send('PUT', { bucket, key, body: 'b', ...anonymous })).status).toBe(put);
    },
  );

  it('says which of the two ACLs denied the access', async () => {
    const bucket = 'is-public-read';
    await emulator.send('PUT', { bucket, key: 'closed', body: 'b', ...withAcl('private') });
    const byObject = await emulator.send('GET', { bucket, key: 'closed', ...anonymous });
    expect(byObject.element('Message')).toBe('You have no right to access this object.');
    const byBucket = await emulator.send('GET', { bucket: 'is-private', key: 'any', ...anonymous });
    expect(byBucket.element('Message')).toBe('You have no right to access this object because of bucket acl.');
  });

  it('is the default for an upload that has an empty one', async () => {
    expect((await emulator.send('PUT', { key: 'empty', body: 'b', ...withAcl('') })).status).toBe(200);
    expect(await granted('empty')).toBe('default');
  });

  it('is never read or changed without a signature', async () => {
    await emulator.send('PUT', { key: 'open', body: 'b', ...withAcl('public-read-write') });
    const query = { acl: '' };
    expect((await emulator.send('GET', { key: 'open', query, ...anonymous })).status).toBe(403);
    expect((await emulator.send('PUT', { key: 'open', query, ...withAcl('private'), ...anonymous })).status).toBe(403);
  });

  it('refuses an ACL that OSS has not, before anything is stored', async () => {
    for (const query of [undefined, { acl: '' }]) {
      const request = { key: 'refused', body: 'b', ...withAcl('authenticated-read'), ...(query && { query }) };
      // oxlint-disable-next-line no-await-in-loop
      const response = await emulator.send('PUT', request);
      expect([response.status, response.element('Code'), response.element('ArgumentName')]).toEqual([
        400,
        'InvalidArgument',
        'x-oss-object-acl',
      ]);
    }
    expect((await emulator.send('HEAD', { key: 'refused' })).status).toBe(404);
  });

  it('is not there for an object that is not', async () => {
    for (const method of ['GET', 'PUT']) {
      const request = { key: 'none', query: { acl: '' }, ...withAcl('private') };
      // oxlint-disable-next-line no-await-in-loop
      expect((await emulator.send(method, request)).element('Code')).toBe('NoSuchKey');
      // oxlint-disable-next-line no-await-in-loop
      expect((await emulator.send(method, { ...request, bucket: 'no-bucket' })).element('Code')).toBe('NoSuchBucket');
    }
  });

  async function granted(key: string): Promise<string | undefined> {
    return (await emulator.send('GET', { key, query: { acl: '' } })).element('Grant');
  }
});
