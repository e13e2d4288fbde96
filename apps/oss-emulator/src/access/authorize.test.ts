import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('access without a signature', () => {
  let emulator: TestEmulator;
  const anonymous = { signature: 'none' } as const;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    for (const acl of ['private', 'public-read', 'public-read-write']) {
      // oxlint-disable-next-line no-await-in-loop -- the bucket has to be there first
      await emulator.send('PUT', { bucket: `is-${acl}`, headers: { 'x-oss-acl': acl } });
      // oxlint-disable-next-line no-await-in-loop
      await emulator.send('PUT', { bucket: `is-${acl}`, key: 'k', body: 'bytes' });
    }
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  it.each([
    ['is-private', 403, 403, 403, 403],
    ['is-public-read', 200, 200, 403, 403],
    ['is-public-read-write', 200, 200, 200, 204],
  ])('to %s: GET %i, list %i, PUT %i, DELETE %i', async (bucket, get, list, put, remove) => {
    expect((await emulator.send('GET', { bucket, key: 'k', ...anonymous })).status).toBe(get);
    expect((await emulator.send('HEAD', { bucket, key: 'k', ...anonymous })).status).toBe(get);
    expect((await emulator.send('GET', { bucket, ...anonymous })).status).toBe(list);
    expect((await emulator.send('PUT', { bucket, key: 'new', body: 'b', ...anonymous })).status).toBe(put);
    expect((await emulator.send('DELETE', { bucket, key: 'new', ...anonymous })).status).toBe(remove);
  });

  it.each([
    ['GET', { bucket: 'is-public-read-write', query: { bucketInfo: '' } }],
    ['GET', { bucket: 'is-public-read-write', query: { acl: '' } }],
    ['DELETE', { bucket: 'is-public-read-write' }],
    ['PUT', { bucket: 'a-new-bucket' }],
  ])('never opens %s of what belongs to the bucket itself', async (method, request) => {
    const response = await emulator.send(method, { ...request, ...anonymous });
    expect([response.status, response.element('Code'), response.element('EC')]).toEqual([
      403,
      'AccessDenied',
      '0003-00000001',
    ]);
    expect(response.element('Message')).toBe('Anonymous access is forbidden for this operation.');
  });

  it('says that a bucket does not exist', async () => {
    expect((await emulator.send('GET', { bucket: 'not-there', key: 'k', ...anonymous })).element('Code')).toBe(
      'NoSuchBucket',
    );
  });
});
