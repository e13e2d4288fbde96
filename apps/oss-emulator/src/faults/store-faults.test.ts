import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BUCKET, sendPlain } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';
import { faultProfiles } from './fault-profiles.ts';

describe('a fault of the store', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    await emulator.send('PUT', { key: 'there', body: 'bytes' });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());
  beforeEach(() => emulator.faults.clear());

  const put = (key: string, body = 'bytes') => emulator.send('PUT', { key, body });
  const isThere = async (key: string) => (await emulator.send('HEAD', { key })).status === 200;

  it('store-slow holds a request back and does it', async () => {
    emulator.faults.set({ profile: 'store-slow', delayMs: 150, times: 1 });
    const startedAtMs = performance.now();
    expect((await put('slow')).status).toBe(200);
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(145);
    expect(emulator.log.at(-1)).toContain('fault store-slow: held back for 150 ms');
  });

  it.each([
    ['store-failing', 500, 'InternalError'],
    ['store-unavailable', 503, 'ServiceUnavailable'],
  ] as const)('%s answers %i %s and stores nothing', async (profile, status, code) => {
    emulator.faults.set({ profile, times: 2 });
    const response = await put(profile);
    expect([response.status, response.element('Code')]).toEqual([status, code]);
    expect(response.text).not.toContain('fault');
    expect(emulator.log.at(-1)).toContain(`fault ${profile}`);
    expect((await emulator.send('GET', { key: 'there' })).status).toBe(status);
    expect(await isThere(profile)).toBe(false);
  });

  it.each([[''], ['a'], ['bytes'.repeat(100_000)]])(
    'store-full fails an upload of %s, stores nothing and reads on',
    async (body) => {
      emulator.faults.set('store-full');
      const response = await put('full', body);
      expect([response.status, response.element('Code')]).toEqual([500, 'InternalError']);
      expect((await emulator.send('GET', { key: 'there' })).text).toBe('bytes');
      expect(await isThere('full')).toBe(false);
    },
  );

  it('store-full leaves the object that was there', async () => {
    emulator.faults.set('store-full');
    expect((await put('there', 'other bytes')).status).toBe(500);
    expect((await emulator.send('GET', { key: 'there' })).text).toBe('bytes');
  });

  it('store-lost-answer does what it was asked for and says nothing', async () => {
    emulator.faults.set({ profile: 'store-lost-answer', times: 1 });
    await expect(put('lost')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await isThere('lost')).toBe(true);
    expect(emulator.log.at(-1)).toContain('fault store-lost-answer: done, 200');
  });

  it('strikes one operation, bucket or part of a bucket when it says so', async () => {
    await emulator.send('PUT', { bucket: 'another-bucket' });
    emulator.faults.set(
      { profile: 'store-failing', bucket: 'another-bucket' },
      { profile: 'store-unavailable', operation: 'GetObject', keyPrefix: 'the' },
    );
    expect((await emulator.send('PUT', { bucket: 'another-bucket', key: 'k', body: 'b' })).status).toBe(500);
    expect((await emulator.send('GET', { bucket: 'another-bucket' })).status).toBe(500);
    expect((await emulator.send('GET', { key: 'there' })).status).toBe(503);
    expect((await emulator.send('HEAD', { key: 'there' })).status).toBe(200);
    expect((await put('k')).status).toBe(200);
    expect((await emulator.send('GET', { bucket: '' })).status).toBe(200);
  });

  it('never lets anybody in who may not', async () => {
    emulator.faults.set('store-failing');
    const stranger = await sendPlain(emulator.url, { method: 'GET', path: `/${BUCKET}/there` });
    expect(stranger.element('Code')).toBe('AccessDenied');
    expect(emulator.faults.list()[0]!.struck).toBe(0);
  });

  it('has a test for every profile', () => {
    expect(Object.keys(faultProfiles).filter((name) => name.startsWith('store-'))).toEqual([
      'store-slow',
      'store-failing',
      'store-unavailable',
      'store-full',
      'store-lost-answer',
    ]);
  });
});
