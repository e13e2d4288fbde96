import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

/** 100 KB a second. */
const LIMIT = '819200';
const BYTES = Buffer.alloc(50 * 1024, 'bytes ');
const EXPECTED_MS = 500;

describe('x-oss-traffic-limit', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const timed = async (request: () => ReturnType<TestEmulator['send']>) => {
    const startedAtMs = performance.now();
    const response = await request();
    return { response, elapsedMs: performance.now() - startedAtMs };
  };

  it.each([
    ['header', { headers: { 'x-oss-traffic-limit': LIMIT } }],
    ['query', { query: { 'x-oss-traffic-limit': LIMIT } }],
  ])('in the %s slows an upload and a download down to it, and changes no byte', async (_carrier, limit) => {
    const put = await timed(() => emulator.send('PUT', { key: 'k', body: BYTES, ...limit }));
    expect(put.response.status).toBe(200);
    expect(put.elapsedMs).toBeGreaterThanOrEqual(EXPECTED_MS * 0.95);
    const get = await timed(() => emulator.send('GET', { key: 'k', ...limit }));
    expect(get.elapsedMs).toBeGreaterThanOrEqual(EXPECTED_MS * 0.95);
    expect(get.response.body.equals(BYTES)).toBe(true);
    expect(get.response.headers['content-length']).toBe(String(BYTES.length));
    const delays = [put, get].map(({ response }) => response.headers['x-oss-qos-delay-time']);
    expect(delays).toEqual([String(EXPECTED_MS), String(EXPECTED_MS)]);
  });

  it('slows a part down', async () => {
    const begun = await emulator.send('POST', { key: 'parts', query: { uploads: '' } });
    const query = { uploadId: begun.element('UploadId') ?? '', partNumber: '1' };
    const headers = { 'x-oss-traffic-limit': LIMIT };
    const part = await timed(() => emulator.send('PUT', { key: 'parts', query, headers, body: BYTES }));
    expect(part.response.status).toBe(200);
    expect(part.elapsedMs).toBeGreaterThanOrEqual(EXPECTED_MS * 0.95);
  });

  it('is no obstacle for what is quicker anyway', async () => {
    const headers = { 'x-oss-traffic-limit': '838860800' };
    const { elapsedMs } = await timed(() => emulator.send('PUT', { key: 'k', body: BYTES, headers }));
    expect(elapsedMs).toBeLessThan(EXPECTED_MS);
  });

  it.each(['245759', '838860801', 'abc', '', '-1', '1e6'])('refuses %j', async (value) => {
    const headers = { 'x-oss-traffic-limit': value };
    const response = await emulator.send('PUT', { key: 'k', body: 'b', headers });
    expect([response.status, response.element('Code'), response.element('EC')]).toEqual([
      400,
      'InvalidArgument',
      '0004-00000502',
    ]);
    expect(response.element('ArgumentName')).toBe('x-oss-traffic-limit');
  });
});
