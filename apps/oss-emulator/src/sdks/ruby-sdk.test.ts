import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signRequest } from '@oss-callback/oss-signing';
import { BUCKET, CREDENTIALS, REGION, sendPlain } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

/** Requests as the Ruby SDK 0.8.0 makes them: the key in the path is written by `CGI.escape`, and signed as it is. */
describe('the Ruby SDK', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const put = (key: string, path: string) => {
    const headers = { 'content-type': 'application/octet-stream' };
    const parts = { method: 'PUT', bucket: BUCKET, key, headers };
    const options = { version: 'V1', credentials: CREDENTIALS, region: REGION, now: new Date() } as const;
    const body = Buffer.from('bytes');
    const signed = { ...signRequest(parts, options).headers, 'content-length': String(body.length) };
    return sendPlain(emulator.url, { method: 'PUT', path: `/${BUCKET}/${path}`, headers: signed, body });
  };

  it('writes a blank as a plus and a plus as %2B', async () => {
    const key = '是 空格 yeah +-/\\&*#';
    expect((await put(key, '%E6%98%AF+%E7%A9%BA%E6%A0%BC+yeah+%2B-%2F%5C%26%2A%23')).status).toBe(200);
    expect((await emulator.send('GET', { key })).text).toBe('bytes');
  });

  it('leaves a plus to whom it is one, and nothing to whom it is neither', async () => {
    expect((await put('a+b', 'a+b')).status).toBe(200);
    expect((await emulator.send('HEAD', { key: 'a+b' })).status).toBe(200);
    expect((await emulator.send('HEAD', { key: 'a b' })).status).toBe(404);
    expect((await put('a-b', 'a+b')).element('Code')).toBe('SignatureDoesNotMatch');
  });
});
