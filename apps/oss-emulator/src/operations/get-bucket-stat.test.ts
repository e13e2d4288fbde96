import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const NOW = new Date('2026-11-22T11:43:45Z');
const NOW_SECONDS = String(NOW.getTime() / 1000);

describe('GetBucketStat', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator({ now: () => NOW });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const newBucket = async (bucket: string): Promise<void> => {
    expect((await emulator.send('PUT', { bucket })).status).toBe(200);
  };
  const put = (bucket: string, key: string, body: string, headers: Record<string, string> = {}) =>
    emulator.send('PUT', { bucket, key, body, headers });
  const stat = async (bucket: string): Promise<Record<string, string>> => {
    const { status, text } = await emulator.send('GET', { bucket, query: { stat: '' } });
    expect(status).toBe(200);
    return Object.fromEntries([...text.matchAll(/<(\w+)>(\d+)</g)].map(([, name = '', value = '']) => [name, value]));
  };

  it('says zero of everything for an empty bucket, its time too', async () => {
    await newBucket('stat-empty');
    const counted = await stat('stat-empty');
    expect(Object.keys(counted)).toHaveLength(22);
    expect(new Set(Object.values(counted))).toEqual(new Set(['0']));
  });

  it('counts objects and bytes, by storage class, and bills colder ones from 64 KB', async () => {
    await newBucket('stat-classes');
    await put('stat-classes', 'a', '12345');
    await put('stat-classes', 'b', '1234567');
    await put('stat-classes', 'c', '123', { 'x-oss-storage-class': 'IA' });
    await put('stat-classes', 'd', 'x'.repeat(70_000), { 'x-oss-storage-class': 'IA' });
    expect(await stat('stat-classes')).toMatchObject({
      Storage: String(5 + 7 + 3 + 70_000),
      ObjectCount: '4',
      LastModifiedTime: NOW_SECONDS,
      StandardStorage: '12',
      StandardObjectCount: '2',
      InfrequentAccessStorage: String(65_536 + 70_000),
      InfrequentAccessRealStorage: '70003',
      InfrequentAccessObjectCount: '2',
      ArchiveObjectCount: '0',
    });
    await emulator.send('DELETE', { bucket: 'stat-classes', key: 'd' });
    expect(await stat('stat-classes')).toMatchObject({ ObjectCount: '3', Storage: '15' });
  });

  it('counts uploads that are under way and their parts until they are aborted', async () => {
    await newBucket('stat-uploads');
    const begin = async (key: string): Promise<string> => {
      const begun = await emulator.send('POST', { bucket: 'stat-uploads', key, query: { uploads: '' } });
      return begun.element('UploadId') ?? '';
    };
    const uploadId = await begin('k');
    await begin('l');
    for (const partNumber of ['1', '2']) {
      const query = { partNumber, uploadId };
      // oxlint-disable-next-line no-await-in-loop
      expect((await emulator.send('PUT', { bucket: 'stat-uploads', key: 'k', query, body: '1234' })).status).toBe(200);
    }
    expect(await stat('stat-uploads')).toMatchObject({
      MultipartUploadCount: '2',
      MultipartPartCount: '2',
      MultipartPartStorage: '8',
      ObjectCount: '0',
      Storage: '0',
    });
    await emulator.send('DELETE', { bucket: 'stat-uploads', key: 'k', query: { uploadId } });
    expect(await stat('stat-uploads')).toMatchObject({ MultipartUploadCount: '1', MultipartPartCount: '0' });
  });

  it('counts every version, and delete markers by themselves', async () => {
    await newBucket('stat-versions');
    const body = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
    await emulator.send('PUT', { bucket: 'stat-versions', query: { versioning: '' }, body });
    await put('stat-versions', 'k', '123');
    await put('stat-versions', 'k', '12345');
    await emulator.send('DELETE', { bucket: 'stat-versions', key: 'k' });
    expect(await stat('stat-versions')).toMatchObject({ ObjectCount: '2', Storage: '8', DeleteMarkerCount: '1' });
  });

  it('goes on beyond the first page of a listing', { timeout: 60_000 }, async () => {
    await newBucket('stat-pages');
    for (let start = 0; start < 1010; start += 101) {
      const keys = Array.from({ length: 101 }, (_none, index) => `k${start + index}`);
      // oxlint-disable-next-line no-await-in-loop
      await Promise.all(keys.map((key) => put('stat-pages', key, '1')));
    }
    expect(await stat('stat-pages')).toMatchObject({ ObjectCount: '1010', Storage: '1010' });
  });

  it('of no bucket is NoSuchBucket', async () => {
    const answer = await emulator.send('GET', { bucket: 'not-there', query: { stat: '' } });
    expect([answer.status, answer.element('Code')]).toEqual([404, 'NoSuchBucket']);
  });
});
