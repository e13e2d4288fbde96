import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('the storage capacity of a bucket', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const limit = async (gigabytes: number): Promise<void> => {
    const body = `<BucketUserQos><StorageCapacity>${gigabytes}</StorageCapacity></BucketUserQos>`;
    expect((await emulator.send('PUT', { query: { qos: '' }, body })).status).toBe(200);
  };
  const put = async (key: string, body: string): Promise<readonly unknown[]> => {
    const response = await emulator.send('PUT', { key, body });
    return [response.status, response.element('Code'), response.element('Message')];
  };

  // PHP SDK, OssClientBucketStorageCapacityTest.
  it('refuses what it has no room for, keeps nothing of it, and takes it once it has', async () => {
    await limit(0);
    expect(await put('test-storage-capacity', 'test-content')).toEqual([
      403,
      'QuotaExceeded',
      'Bucket storage exceed max storage capacity.',
    ]);
    expect((await emulator.send('HEAD', { key: 'test-storage-capacity' })).status).toBe(404);
    expect((await put('empty', ''))[0]).toBe(200);

    await limit(1);
    expect((await put('test-storage-capacity', 'test-content'))[0]).toBe(200);
  });

  it('counts what is there', async () => {
    await limit(-1);
    expect((await put('held', 'x'))[0]).toBe(200);
    await limit(0);
    expect((await put('another-empty', ''))[0]).toBe(403);
    await limit(-1);
  });
});
