import { beforeEach, describe, expect, it } from 'vitest';
import { BUCKET } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('the transition to zone-redundant storage', () => {
  let emulator: TestEmulator;
  let now: Date;

  beforeEach(async () => {
    now = new Date('2026-11-22T11:43:45Z');
    emulator = await startTestEmulator({ now: () => now });
    return () => emulator[Symbol.asyncDispose]();
  });

  const create = (bucket = BUCKET) =>
    emulator.send('POST', { bucket, query: { redundancyTransition: '', 'x-oss-target-redundancy-type': 'ZRS' } });
  const task = (method: string, id: string) =>
    emulator.send(method, { query: { redundancyTransition: '', 'x-oss-redundancy-transition-taskid': id } });
  const type = async () => (await emulator.send('GET', { query: { bucketInfo: '' } })).element('DataRedundancyType');
  const createdId = async () => (await create()).element('TaskId') ?? '';

  it('waits, and then the bucket is converted', async () => {
    const id = await createdId();
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    const shown = async () =>
      ['Bucket', 'TaskId', 'Status', 'CreateTime', 'EndTime'].map((await task('GET', id)).element);
    expect(await shown()).toEqual([BUCKET, id, 'Queueing', '2026-11-22T11:43:45.000Z', undefined]);
    expect(await type()).toBe('LRS');
    now = new Date('2026-11-22T11:43:50Z');
    expect(await shown()).toEqual([BUCKET, id, 'Finished', '2026-11-22T11:43:45.000Z', '2026-11-22T11:43:50.000Z']);
    expect(await type()).toBe('ZRS');
    expect((await task('DELETE', id)).status).toBe(204);
    expect(await type()).toBe('ZRS');
    expect((await create()).element('Code')).toBe('BucketDataRedundancyTransitionTaskNotSupport');
  });

  it('does not happen when its task is deleted before', async () => {
    const id = await createdId();
    expect((await task('DELETE', 'another')).element('Code')).toBe('BucketDataRedundancyTransitionTaskNotExist');
    expect((await create()).element('Code')).toBe('BucketDataRedundancyTransitionTaskAlreadyExist');
    expect((await task('DELETE', id)).status).toBe(204);
    now = new Date('2026-11-23T00:00:00Z');
    expect(await type()).toBe('LRS');
    expect((await task('GET', id)).status).toBe(404);
  });

  it('is listed by bucket and for the account, page by page', async () => {
    const empty = await emulator.send('GET', { query: { redundancyTransition: '' } });
    expect([empty.status, empty.element('TaskId')]).toEqual([200, undefined]);
    for (const bucket of ['zone-a', 'zone-b']) {
      // oxlint-disable-next-line no-await-in-loop
      await emulator.send('PUT', { bucket });
      // oxlint-disable-next-line no-await-in-loop
      await create(bucket);
    }
    const ofBucket = await emulator.send('GET', { bucket: 'zone-b', query: { redundancyTransition: '' } });
    expect([ofBucket.element('Bucket'), ofBucket.text.match(/<TaskId>/g)?.length]).toEqual(['zone-b', 1]);
    const page = (more: Record<string, string>) =>
      emulator.send('GET', { bucket: '', query: { redundancyTransition: '', 'max-keys': '1', ...more } });
    const members = ['Bucket', 'IsTruncated', 'NextContinuationToken'];
    expect(members.map((await page({})).element)).toEqual(['zone-a', 'true', 'zone-a']);
    expect(members.map((await page({ 'continuation-token': 'zone-a' })).element)).toEqual(['zone-b', 'false', '']);
    expect((await page({ 'max-keys': '101' })).element('Code')).toBe('InvalidArgument');
  });

  it('is to ZRS only, and of buckets that are there', async () => {
    const query = { redundancyTransition: '', 'x-oss-target-redundancy-type': 'LRS' };
    expect((await emulator.send('POST', { query })).element('Code')).toBe('InvalidArgument');
    expect((await create('not-there')).element('Code')).toBe('NoSuchBucket');
  });
});
