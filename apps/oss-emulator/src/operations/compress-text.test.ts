import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const TEXT = 'All work and no play. '.repeat(100);

describe('a text for a client that takes gzip', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    await put('text', TEXT, 'text/plain; charset=utf-8');
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const put = (key: string, body: string, contentType: string, more: Record<string, string> = {}) =>
    emulator.send('PUT', { key, body, headers: { 'content-type': contentType, ...more } });
  const ask = (method: string, key: string, headers: Record<string, string> = { 'accept-encoding': 'gzip' }) =>
    emulator.send(method, { key, headers });

  it('comes compressed, in chunks, without what would be wrong', async () => {
    const { status, headers, body } = await ask('GET', 'text');
    expect([status, gunzipSync(body).toString()]).toEqual([200, TEXT]);
    expect(headers).toMatchObject({
      'content-encoding': 'gzip',
      vary: 'Accept-Encoding',
      'transfer-encoding': 'chunked',
      'content-type': 'text/plain; charset=utf-8',
    });
    expect(Object.keys(headers)).not.toContain('etag');
    expect(Object.keys(headers)).not.toContain('content-length');
    expect(Object.keys(headers)).not.toContain('accept-ranges');
  });

  it('keeps the check sums of the object', async () => {
    const plain = await ask('GET', 'text', {});
    const { headers } = await ask('GET', 'text');
    for (const name of ['x-oss-hash-crc64ecma', 'content-md5', 'last-modified']) {
      expect(headers[name]).toBe(plain.headers[name]);
    }
  });

  it('is announced so by HEAD', async () => {
    const { headers, body } = await ask('HEAD', 'text');
    expect([headers['content-encoding'], headers['etag'], body.length]).toEqual(['gzip', undefined, 0]);
  });

  it.each(['gzip, deflate', 'deflate, GZIP;q=0.5', 'br , gzip ; q=1'])(
    'is recognised by Accept-Encoding %s',
    async (accepted) => {
      expect((await ask('GET', 'text', { 'accept-encoding': accepted })).headers['content-encoding']).toBe('gzip');
    },
  );

  it.each([{}, { 'accept-encoding': 'identity' }, { 'accept-encoding': 'gzip;q=0' }, { 'accept-encoding': 'x-gzip' }])(
    'comes as it is with the headers %j',
    async (headers) => {
      const response = await ask('GET', 'text', headers);
      expect([response.headers['content-encoding'], response.text]).toEqual([undefined, TEXT]);
      expect(response.headers).toMatchObject({
        vary: 'Accept-Encoding',
        'content-length': String(TEXT.length),
        etag: expect.any(String),
      });
    },
  );

  it.each([
    'text/cache-manifest',
    'text/xml',
    'text/css',
    'text/html',
    'application/javascript',
    'application/x-javascript',
    'application/rss+xml',
    'application/json',
    'Text/JSON',
  ])('may be %s', async (contentType) => {
    await put('typed', TEXT, contentType);
    expect((await ask('GET', 'typed')).headers['content-encoding']).toBe('gzip');
  });

  it.each(['image/png', 'application/octet-stream', 'text/markdown', 'application/xml'])(
    'is not %s',
    async (contentType) => {
      await put('typed', TEXT, contentType);
      const response = await ask('GET', 'typed');
      expect([response.headers['content-encoding'], response.text]).toEqual([undefined, TEXT]);
      expect(response.headers['vary']).toBeUndefined();
    },
  );

  it('has 1024 bytes at least', async () => {
    await put('shorter', 'x'.repeat(1023), 'text/plain');
    await put('longer', 'x'.repeat(1024), 'text/plain');
    expect((await ask('GET', 'shorter')).headers['content-encoding']).toBeUndefined();
    expect((await ask('GET', 'longer')).headers['content-encoding']).toBe('gzip');
  });

  it('has no encoding of its own, and is whole', async () => {
    await put('encoded', TEXT, 'text/plain', { 'content-encoding': 'br' });
    expect((await ask('GET', 'encoded')).headers['content-encoding']).toBe('br');
    const part = await ask('GET', 'text', { 'accept-encoding': 'gzip', range: 'bytes=0-1999' });
    expect([part.status, part.headers['content-encoding'], part.text]).toEqual([206, undefined, TEXT.slice(0, 2000)]);
  });

  it('ends with the connection for a client of HTTP/1.0', async () => {
    await emulator.send('PUT', { bucket: 'gzip-public', headers: { 'x-oss-acl': 'public-read' } });
    await emulator.send('PUT', {
      bucket: 'gzip-public',
      key: 't',
      body: TEXT,
      headers: { 'content-type': 'text/css' },
    });
    const answer = await sendRaw(emulator.url, 'GET /gzip-public/t HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*Content-Encoding: gzip\r\n/);
    expect(answer).not.toMatch(/chunked/);
  });
});
