import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const START = new Date('2026-11-24T10:00:00Z');

describe('objects in archive classes', () => {
  let emulator: TestEmulator;
  let time = START;

  beforeAll(async () => {
    emulator = await startTestEmulator({ now: () => time });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  function archive(key: string, storageClass = 'Archive') {
    time = START;
    return emulator.send('PUT', { key, body: 'bytes', headers: { 'x-oss-storage-class': storageClass } });
  }

  const restore = (key: string, body = '') => emulator.send('POST', { key, query: { restore: '' }, body });
  const clean = (key: string) => emulator.send('POST', { key, query: { cleanRestoredObject: '' } });
  const later = (seconds: number) => {
    time = new Date(START.getTime() + seconds * 1000);
  };

  it('are read only while they are restored, and say how far that is', async () => {
    await archive('k');
    const frozen = await emulator.send('GET', { key: 'k' });
    expect([frozen.status, frozen.element('Code')]).toEqual([403, 'InvalidObjectState']);
    const head = await emulator.send('HEAD', { key: 'k' });
    expect([head.status, head.headers['x-oss-storage-class'], head.headers['x-oss-restore']]).toEqual([
      200,
      'Archive',
      undefined,
    ]);

    const accepted = await restore('k');
    expect([accepted.status, accepted.body.length]).toEqual([202, 0]);
    expect(await restoreHeader('k')).toBe('ongoing-request="true"');
    expect((await emulator.send('GET', { key: 'k' })).element('Code')).toBe('InvalidObjectState');
    const again = await restore('k');
    expect([again.status, again.element('Code'), again.element('EC')]).toEqual([
      409,
      'RestoreAlreadyInProgress',
      '0016-00000701',
    ]);

    later(5);
    expect(await restoreHeader('k')).toBe('ongoing-request="false", expiry-date="Wed, 25 Nov 2026 10:00:05 GMT"');
    expect((await emulator.send('GET', { key: 'k' })).text).toBe('bytes');
    later(86_405);
    expect(await restoreHeader('k')).toBeUndefined();
    expect((await emulator.send('GET', { key: 'k' })).status).toBe(403);
  });

  it('stay restored for longer when they are restored again', async () => {
    await archive('k');
    await restore('k', '<RestoreRequest><Days>2</Days></RestoreRequest>');
    later(10);
    expect((await restore('k', '<RestoreRequest><Days>7</Days></RestoreRequest>')).status).toBe(200);
    expect(await restoreHeader('k')).toBe('ongoing-request="false", expiry-date="Tue, 01 Dec 2026 10:00:10 GMT"');
    expect((await emulator.send('GET', { key: 'k' })).status).toBe(200);
  });

  it('are archived again once they are cleaned', async () => {
    await archive('k', 'ColdArchive');
    expect([(await clean('k')).status, (await clean('k')).element('Code')]).toEqual([409, 'ArchiveRestoreFileStale']);
    await restore('k');
    expect([(await clean('k')).status, (await clean('k')).element('Code')]).toEqual([409, 'ArchiveRestoreNotFinished']);
    later(5);
    expect((await clean('k')).status).toBe(200);
    expect((await emulator.send('GET', { key: 'k' })).status).toBe(403);
  });

  it.each([
    ['ColdArchive', '', 'Standard'],
    ['ColdArchive', '<RestoreRequest><Days>365</Days></RestoreRequest>', 'Standard'],
    ['ColdArchive', tier('Expedited'), 'Expedited'],
    ['ColdArchive', tier('Bulk'), 'Bulk'],
    ['DeepColdArchive', tier('Standard'), 'Standard'],
    ['Archive', '', undefined],
  ])('of class %s answer %s with priority %s', async (storageClass, body, priority) => {
    await archive('k', storageClass);
    const response = await restore('k', body);
    expect([response.status, response.headers['x-oss-object-restore-priority']]).toEqual([202, priority]);
  });

  it.each([
    ['Archive', tier('Standard')],
    ['Archive', '<RestoreRequest><Days>8</Days></RestoreRequest>'],
    ['Archive', '<RestoreRequest><Days>0</Days></RestoreRequest>'],
    ['Archive', '<RestoreRequest><Days>one</Days></RestoreRequest>'],
    ['Archive', '<RestoreRequest><Days>1</Days><OutputLocation/></RestoreRequest>'],
    ['ColdArchive', '<RestoreRequest><Days>366</Days></RestoreRequest>'],
    ['ColdArchive', '<Restore/>'],
    ['ColdArchive', 'no xml'],
  ])('of class %s refuse %s', async (storageClass, body) => {
    await archive('k', storageClass);
    const response = await restore('k', body);
    expect([response.status, response.element('Code')]).toEqual([400, 'MalformedXML']);
    expect(await restoreHeader('k')).toBeUndefined();
  });

  it('refuse a tier that is none', async () => {
    await archive('k', 'ColdArchive');
    const response = await restore('k', tier('Fast'));
    expect([response.status, response.element('Code'), response.element('ArgumentName')]).toEqual([
      400,
      'InvalidArgument',
      'Tier',
    ]);
  });

  it('are listed with how far their restore is', async () => {
    await archive('listed');
    await restore('listed');
    for (const query of [{ prefix: 'listed' }, { prefix: 'listed', 'list-type': '2' }]) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await emulator.send('GET', { query })).element('RestoreInfo')).toBe('ongoing-request="true"');
    }
  });

  it('cannot be restored when they are not archived, or not there', async () => {
    await emulator.send('PUT', { key: 'standard', body: 'b' });
    const response = await restore('standard');
    expect([response.status, response.element('Code'), response.element('EC')]).toEqual([
      400,
      'OperationNotSupported',
      '0016-00000702',
    ]);
    expect((await clean('standard')).element('Code')).toBe('OperationNotSupported');
    expect((await restore('none')).element('Code')).toBe('NoSuchKey');
    expect((await clean('none')).element('Code')).toBe('NoSuchKey');
  });

  async function restoreHeader(key: string): Promise<string | undefined> {
    return (await emulator.send('HEAD', { key })).headers['x-oss-restore'];
  }
});

function tier(name: string): string {
  return `<RestoreRequest><Days>1</Days><JobParameters><Tier>${name}</Tier></JobParameters></RestoreRequest>`;
}
