import { Agent, request as httpRequest } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signRequest } from '@oss-callback/oss-signing';
import { BUCKET, CREDENTIALS, REGION, sendRaw } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const signed = (key: string, headers: Record<string, string> = {}): Record<string, string> =>
  signRequest(
    { method: 'PUT', bucket: BUCKET, key, headers },
    { credentials: CREDENTIALS, region: REGION, now: new Date() },
  ).headers;

describe('PutObject', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  it('answers an empty body with the digests of the bytes, in the spelling of the wire', async () => {
    const response = await emulator.send('PUT', { key: 'k', body: '123456789' });
    expect([response.status, response.body.length]).toEqual([200, 0]);
    expect(response.headers).toMatchObject({
      server: 'AliyunOSS',
      'content-length': '0',
      etag: '"25F9E794323B453885F5181F1B624D0B"',
      'x-oss-hash-crc64ecma': '11051210869376104954',
      'content-md5': 'JfnnlDI7RTiF9RgfG2JNCw==',
    });
    expect(response.headers['x-oss-request-id']).toMatch(/^[0-9A-F]{24}$/);
    expect(response.headers['x-oss-server-time']).toMatch(/^\d+$/);
    expect(Number.parseInt(response.headers['x-oss-request-id']!.slice(0, 8), 16)).toBeCloseTo(Date.now() / 1000, -1);
    expect(response.headerNames).toEqual(
      expect.arrayContaining(['ETag', 'Content-MD5', 'Content-Length', 'Date', 'Server', 'x-oss-request-id']),
    );
  });

  it('gives back what the headers said about the object, in UTF-8', async () => {
    const headers = {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-cache',
      'content-disposition': 'attachment; filename="日出.txt"',
      'content-encoding': 'identity',
      'content-language': 'zh',
      expires: 'Sun, 22 Nov 2026 11:43:45 GMT',
      'x-oss-meta-author': '中文 & more',
      'x-oss-storage-class': 'IA',
      'meta-ignored': 'x',
    };
    await emulator.send('PUT', { key: 'described', body: 'b', headers });
    const response = await emulator.send('GET', { key: 'described' });
    expect(response.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-cache',
      'content-disposition': 'attachment; filename="日出.txt"',
      'content-encoding': 'identity',
      expires: 'Sun, 22 Nov 2026 11:43:45 GMT',
      'x-oss-meta-author': '中文 & more',
      'x-oss-storage-class': 'IA',
      'x-oss-object-type': 'Normal',
    });
    expect(response.headers['meta-ignored']).toBeUndefined();
  });

  it('stores a body without Content-Type as application/octet-stream', async () => {
    await emulator.send('PUT', { key: 'plain', body: 'b' });
    expect((await emulator.send('HEAD', { key: 'plain' })).headers['content-type']).toBe('application/octet-stream');
  });

  it('takes chunks instead of a length, the empty body too', async () => {
    const put = (key: string, chunks: string): Promise<string> => {
      const lines = Object.entries({ ...signed(key), host: 'x', connection: 'close', 'transfer-encoding': 'chunked' });
      const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
      return sendRaw(emulator.url, `PUT /${BUCKET}/${key} HTTP/1.1\r\n${head}\r\n${chunks}0\r\n\r\n`);
    };
    expect(await put('chunks', '3\r\nabc\r\n2\r\nde\r\n')).toContain(' 200 OK');
    expect((await emulator.send('GET', { key: 'chunks' })).text).toBe('abcde');
    expect(await put('no-chunks', '')).toContain(' 200 OK');
    expect((await emulator.send('HEAD', { key: 'no-chunks' })).headers['content-length']).toBe('0');
  });

  it('compares Content-MD5, and stores nothing when it is wrong or no MD5', async () => {
    const put = (md5: string) => emulator.send('PUT', { key: 'md5', body: 'b', headers: { 'content-md5': md5 } });
    expect((await put('JfnnlDI7RTiF9RgfG2JNCw==')).element('EC')).toBe('0017-00000503');
    expect((await put('JfnnlDI7RTiF9RgfG2JN')).element('EC')).toBe('0017-00000502');
    expect((await put('25F9E794323B453885F5181F1B624D0B')).element('Code')).toBe('InvalidDigest');
    expect((await emulator.send('GET', { key: 'md5' })).element('Code')).toBe('NoSuchKey');
    expect((await put('kut1++11NEEYjrGxJNJVaA==')).element('Code')).toBe('InvalidDigest');
    expect((await put('kutf/uauL+w61xx3dTFXjw==')).status).toBe(200);
  });

  it('leaves an existing object alone with x-oss-forbid-overwrite', async () => {
    const put = (body: string, forbid: string) =>
      emulator.send('PUT', { key: 'once', body, headers: { 'x-oss-forbid-overwrite': forbid } });
    expect((await put('first', 'true')).status).toBe(200);
    expect((await put('second', 'true')).element('Code')).toBe('FileAlreadyExists');
    expect((await emulator.send('GET', { key: 'once' })).text).toBe('first');
    expect((await put('third', 'false')).status).toBe(200);
  });

  it.each(['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'])(
    'does not ignore %s in silence',
    async (name) => {
      const response = await emulator.send('PUT', { key: 'strange', body: 'b', headers: { [name]: 'private' } });
      expect([response.status, response.element('Header')]).toEqual([501, name]);
    },
  );

  it('refuses an unknown storage class', async () => {
    const headers = { 'x-oss-storage-class': 'Cold' };
    const response = await emulator.send('PUT', { key: 'k', body: 'b', headers });
    expect([response.status, response.element('ArgumentName')]).toEqual([400, 'x-oss-storage-class']);
  });

  it('tells a waiting client to go on only after its signature was looked at', async () => {
    const put = async (headers: Record<string, string>) => {
      const { hostname: host, port } = new URL(emulator.url);
      const path = `/${BUCKET}/expected`;
      const agent = new Agent({ keepAlive: true });
      const request = httpRequest({ host, port, method: 'PUT', path, agent, headers });
      let continued = false;
      request.on('continue', () => {
        continued = true;
        request.end('bytes');
      });
      request.flushHeaders();
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      request.on('error', reject);
      request.on('response', (response) => {
        response.resume();
        resolve(`${response.statusCode} ${response.headers.connection}`);
      });
      const answer = await promise;
      agent.destroy();
      return { continued, answer };
    };
    const expecting = { 'content-length': '5', expect: '100-continue' };
    expect(await put({ ...signed('expected'), ...expecting })).toEqual({ continued: true, answer: '200 keep-alive' });
    expect((await emulator.send('GET', { key: 'expected' })).text).toBe('bytes');
    expect(await put({ ...signed('other'), ...expecting })).toEqual({ continued: false, answer: '403 close' });
  });

  it('answers a refusal that comes before the body was sent, and the connection goes on', async () => {
    const body = Buffer.alloc(4 * 1024 * 1024, 'x');
    const credentials = { ...CREDENTIALS, accessKeySecret: 'wrong' };
    const response = await emulator.send('PUT', { key: 'large', body, credentials });
    expect(response.element('Code')).toBe('SignatureDoesNotMatch');
  });

  it('keeps nothing of an upload whose client went away, and goes on with the old object', async () => {
    await emulator.send('PUT', { key: 'aborted', body: 'old' });
    const { hostname: host, port } = new URL(emulator.url);
    const headers = { ...signed('aborted'), 'content-length': '1000000' };
    const request = httpRequest({ host, port, method: 'PUT', path: `/${BUCKET}/aborted`, agent: false, headers });
    request.on('error', () => undefined);
    request.write(Buffer.alloc(100_000));
    await setTimeout(50);
    request.destroy();
    await setTimeout(50);
    expect((await emulator.send('GET', { key: 'aborted' })).text).toBe('old');
    expect(emulator.log.at(-1)).toMatch(/PUT \/emulator-test\/aborted → the client closed the connection$/);
  });
});
