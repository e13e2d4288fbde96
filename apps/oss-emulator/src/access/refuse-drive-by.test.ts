import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const DELETION = '<Delete><Object><Key>k</Key></Object></Delete>';

/** What a browser says of a POST that a page of `origin` sends here. */
const fromPage = (origin: string, site = 'cross-site') => ({ Origin: origin, 'Sec-Fetch-Site': site });

async function deleteFromPage(emulator: TestEmulator, headers: Record<string, string>) {
  const response = await emulator.send('POST', { query: { delete: '' }, body: DELETION, headers });
  return [response.status, response.element('Code')];
}

describe('a page that knows the documented AccessKey', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  it.each(['https://evil.example', 'http://localhost.evil.example', 'null', 'file://'])(
    'may send nothing here from %s',
    async (origin) => {
      await emulator.send('PUT', { key: 'k', body: 'stays' });
      expect(await deleteFromPage(emulator, fromPage(origin))).toEqual([403, 'AccessDenied']);
      expect((await emulator.send('GET', { key: 'k' })).text).toBe('stays');
    },
  );

  it.each([
    'http://localhost:3000',
    'http://127.0.0.1:5173',
    'https://192.168.1.5',
    'http://app.test',
    'http://web:80',
  ])('may from %s, which is no public site', async (origin) => {
    expect(await deleteFromPage(emulator, fromPage(origin))).toEqual([200, undefined]);
  });

  it('is told so by browsers only: other clients may send an Origin', async () => {
    expect(await deleteFromPage(emulator, { Origin: 'https://example.com' })).toEqual([200, undefined]);
    expect(await deleteFromPage(emulator, fromPage('https://example.com', 'same-site'))).toEqual([200, undefined]);
  });

  it('may when the bucket says so', async () => {
    const rule =
      '<CORSRule><AllowedOrigin>https://app.example</AllowedOrigin><AllowedMethod>POST</AllowedMethod></CORSRule>';
    const body = `<CORSConfiguration>${rule}</CORSConfiguration>`;
    expect((await emulator.send('PUT', { query: { cors: '' }, body })).status).toBe(200);
    expect(await deleteFromPage(emulator, fromPage('https://app.example'))).toEqual([200, undefined]);
    expect(await deleteFromPage(emulator, fromPage('https://evil.example'))).toEqual([403, 'AccessDenied']);
  });

  it('is nobody where the AccessKey is not the documented one', async () => {
    const credentials = { accessKeyId: 'own-key-id', accessKeySecret: 'own-key-secret' };
    await using own = await startTestEmulator({ credentials, buckets: ['emulator-test'] });
    const headers = fromPage('https://app.example');
    const response = await own.send('POST', { credentials, query: { delete: '' }, body: DELETION, headers });
    expect(response.status).toBe(200);
  });
});
