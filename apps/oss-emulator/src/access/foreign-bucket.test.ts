import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('a bucket of another account', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator({ foreignBuckets: ['taken-by-others'] });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  it.each([
    ['GET', {}],
    ['DELETE', {}],
    ['PUT', { key: 'k', body: 'x' }],
    ['GET', { key: 'k' }],
    ['PUT', { bucket: BUCKET, key: 'k', headers: { 'x-oss-copy-source': '/taken-by-others/k' } }],
  ] as const)('may not be used: %s %o', async (method, request) => {
    const response = await emulator.send(method, { bucket: 'taken-by-others', ...request });
    expect([response.status, response.element('Code'), response.element('EC')]).toEqual([
      403,
      'AccessDenied',
      '0003-00000001',
    ]);
  });

  it('cannot be created: its name is taken', async () => {
    const response = await emulator.send('PUT', { bucket: 'taken-by-others' });
    expect([response.status, response.element('Code')]).toEqual([409, 'BucketAlreadyExists']);
    expect(response.element('Message')).toMatch(/^The requested bucket name is not available\./);
  });

  it('is in no list of buckets', async () => {
    expect((await emulator.send('GET', { bucket: '' })).text).not.toContain('taken-by-others');
  });

  it('is not taken when it is not named', async () => {
    expect((await emulator.send('PUT', { bucket: 'oss-attachment' })).status).toBe(200);
  });

  it('is the one of the Java tests unless told otherwise', async () => {
    await using usual = await startTestEmulator();
    expect((await usual.send('PUT', { bucket: 'oss-attachment' })).element('Code')).toBe('BucketAlreadyExists');
  });
});
