import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('what is not built', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  // PHP SDK v2: testAccessPointFail, testListCloudBoxesFail.
  it.each([
    ['for a bucket that is not there', { bucket: 'not-there' }, 404, 'NoSuchBucket'],
    [
      'with an unknown key',
      { credentials: { accessKeyId: 'invalid-ak', accessKeySecret: 'invalid' } },
      403,
      'InvalidAccessKeyId',
    ],
    ['without a signature', { signature: 'none' as const }, 403, 'AccessDenied'],
    ['as it should be', {}, 501, 'NotImplemented'],
  ])('is refused as OSS would refuse it first: %s', async (_case, how, status, code) => {
    const query = { accessPoint: '' };
    const response = await emulator.send('PUT', { query, body: '<CreateAccessPointConfiguration/>', ...how });
    expect([response.status, response.element('Code')]).toEqual([status, code]);
  });

  it.each([
    [{ bucket: '', query: { accessPoint: '' } }, 'AccessPoints'],
    [{ query: { accessPoint: '', 'max-keys': '5' } }, 'AccessPoints'],
    [{ bucket: '', query: { cloudboxes: '' } }, 'CloudBoxes'],
  ])('is listed nevertheless, as none: %j', async (request, list) => {
    const response = await emulator.send('GET', request);
    expect([response.status, response.element('IsTruncated')]).toEqual([200, 'false']);
    expect(response.text).toContain(`<${list}></${list}>`);
  });

  it('has no access points in a bucket that is not there', async () => {
    const response = await emulator.send('GET', { bucket: 'not-there', query: { accessPoint: '' } });
    expect([response.status, response.element('Code')]).toEqual([404, 'NoSuchBucket']);
  });
});
