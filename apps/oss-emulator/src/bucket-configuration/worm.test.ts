import { beforeEach, describe, expect, it } from 'vitest';
import { wormXml } from '../../test/configuration-xml.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const HOUR_MS = 3600 * 1000;

describe('a retention policy', () => {
  let emulator: TestEmulator;
  let now: Date;

  beforeEach(async () => {
    now = new Date('2026-11-22T11:43:45Z');
    emulator = await startTestEmulator({ now: () => now });
    return () => emulator[Symbol.asyncDispose]();
  });

  const initiate = (days: number) => emulator.send('POST', { query: { worm: '' }, body: wormXml(days) });
  const complete = (wormId: string) => emulator.send('POST', { query: { wormId } });
  const extend = (wormId: string, days: number) =>
    emulator.send('POST', { query: { wormExtend: '', wormId }, body: wormXml(days, 'ExtendWormConfiguration') });
  const get = () => emulator.send('GET', { query: { worm: '' } });
  const abort = () => emulator.send('DELETE', { query: { worm: '' } });

  it('is in progress until it is locked, and only then extended', async () => {
    const begun = await initiate(10);
    const id = begun.headers['x-oss-worm-id'] ?? '';
    expect([begun.status, id]).toEqual([200, expect.stringMatching(/^[0-9A-F]{20}$/)]);
    const states = async () => ['WormId', 'State', 'RetentionPeriodInDays', 'CreationDate'].map((await get()).element);
    expect(await states()).toEqual([id, 'InProgress', '10', '2026-11-22T11:43:45.000Z']);
    const early = await extend(id, 20);
    expect([early.status, early.element('Code')]).toEqual([400, 'InvalidWORMConfiguration']);
    expect((await complete(id)).status).toBe(200);
    expect((await extend(id, 20)).status).toBe(200);
    expect(await states()).toEqual([id, 'Locked', '20', '2026-11-22T11:43:45.000Z']);
    expect((await extend(id, 19)).element('Code')).toBe('InvalidWORMConfiguration');
  });

  it('is there once', async () => {
    await initiate(1);
    const again = await initiate(1);
    expect([again.status, again.element('Code')]).toEqual([409, 'WORMConfigurationAlreadyExists']);
  });

  it('can be aborted in progress, and not once it is locked', async () => {
    await initiate(1);
    expect((await abort()).status).toBe(204);
    const gone = await get();
    expect([gone.status, gone.element('Code'), gone.element('Message')]).toEqual([
      404,
      'NoSuchWORMConfiguration',
      'The WORM Configuration does not exist.',
    ]);
    const { headers } = await initiate(1);
    await complete(headers['x-oss-worm-id'] ?? '');
    const refused = await abort();
    expect([refused.status, refused.element('Code')]).toEqual([403, 'WORMConfigurationLocked']);
  });

  it('ends by itself when it is not locked within a day', async () => {
    const id = (await initiate(1)).headers['x-oss-worm-id'] ?? '';
    now = new Date(now.getTime() + 25 * HOUR_MS);
    expect((await get()).element('Code')).toBe('NoSuchWORMConfiguration');
    expect((await complete(id)).element('Code')).toBe('NoSuchWORMConfiguration');
    expect((await initiate(2)).status).toBe(200);
  });

  it.each([0, 25_551])('of %i days is refused', async (days) => {
    expect((await initiate(days)).element('Code')).toBe('MalformedXML');
  });

  it('of another id is none', async () => {
    await initiate(1);
    for (const answer of [await complete('ABC'), await extend('ABC', 2)]) {
      expect([answer.status, answer.element('Code')]).toEqual([404, 'NoSuchWORMConfiguration']);
    }
  });
});
