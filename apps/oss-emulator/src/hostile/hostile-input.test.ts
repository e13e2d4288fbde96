import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signRequest } from '@oss-callback/oss-signing';
import { BUCKET, CREDENTIALS, elementText, REGION, sendRaw } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const statusOf = (raw: string): number => Number(raw.slice(9, 12));

describe('what no SDK would send', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  it('a GET that announces nine bytes and sends none is answered at once, on a connection that then ends', async () => {
    const answer = await sendRaw(
      emulator.url,
      'GET /__emulator/health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n',
    );
    expect(statusOf(answer)).toBe(200);
    expect(answer).toMatch(/^Connection: close\r$/m);
  });

  const raw = (lines: readonly string[]): Promise<string> =>
    sendRaw(emulator.url, `${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`);

  it.each([
    ['two Host headers', ['GET / HTTP/1.1', 'Host: localhost', 'Host: demo.localhost'], 400, 'InvalidArgument'],
    [
      'two Authorization headers',
      ['GET / HTTP/1.1', 'Host: localhost', 'Authorization: OSS a:b', 'Authorization: OSS c:d'],
      400,
      'InvalidArgument',
    ],
    [
      'two callbacks',
      ['PUT /b-b/k HTTP/1.1', 'Host: localhost', 'x-oss-callback: a', 'X-OSS-CALLBACK: b'],
      400,
      'InvalidArgument',
    ],
    ['no Host', ['GET / HTTP/1.1'], 400, 'InvalidArgument'],
    ['an empty Host', ['GET / HTTP/1.1', 'Host:'], 400, 'InvalidArgument'],
    ['a Host with a blank', ['GET / HTTP/1.1', 'Host: a b'], 400, 'InvalidArgument'],
    ['a Host with an open bracket', ['GET / HTTP/1.1', 'Host: [::1'], 400, 'InvalidArgument'],
    ['a Host with a path', ['GET / HTTP/1.1', 'Host: localhost/x'], 400, 'InvalidArgument'],
    ['a Host with a user', ['GET / HTTP/1.1', 'Host: a@b'], 400, 'InvalidArgument'],
    [
      'the target of another host',
      ['GET http://example.com/ HTTP/1.1', 'Host: example.com'],
      403,
      'NonStandardHostForbidden',
    ],
    ['the target of a bad host', ['GET http://a@b/ HTTP/1.1', 'Host: localhost'], 400, 'InvalidArgument'],
    ['an asterisk for a target', ['OPTIONS * HTTP/1.1', 'Host: localhost'], 400, 'InvalidArgument'],
    ['a target of slashes', ['GET //host/path HTTP/1.1', 'Host: localhost'], 400, 'InvalidBucketName'],
    ['a key with NUL', ['GET /demo/%00 HTTP/1.1', 'Host: localhost'], 400, 'InvalidObjectName'],
    ['a broken escape', ['GET /demo/% HTTP/1.1', 'Host: localhost'], 400, 'InvalidArgument'],
    ['bytes that are no UTF-8', ['GET /demo/%ff HTTP/1.1', 'Host: localhost'], 400, 'InvalidArgument'],
    ['a query of broken escapes', ['GET /demo?a=%f HTTP/1.1', 'Host: localhost'], 400, 'InvalidArgument'],
    ['dots for a bucket', ['GET /../../etc/passwd HTTP/1.1', 'Host: localhost'], 400, 'InvalidBucketName'],
    ['a question mark only', ['GET /? HTTP/1.1', 'Host: localhost'], 403, 'AccessDenied'],
    ['a method OSS has not', ['PATCH /demo/k HTTP/1.1', 'Host: localhost'], 405, 'MethodNotAllowed'],
    ['the method of another protocol', ['PROPFIND /demo HTTP/1.1', 'Host: localhost'], 405, 'MethodNotAllowed'],
    ['a request of HTTP/1.0', ['GET /demo/k HTTP/1.0'], 404, 'NoSuchBucket'],
    [
      '2000 headers',
      ['GET / HTTP/1.1', 'Host: localhost', ...Array.from({ length: 2000 }, (_x, n) => `x-${n}: 1`)],
      403,
      'AccessDenied',
    ],
    [
      'a second Host behind 2000 headers',
      ['GET / HTTP/1.1', 'Host: localhost', ...Array.from({ length: 2000 }, (_x, n) => `x-${n}: 1`), 'Host: b'],
      400,
      'InvalidArgument',
    ],
    [
      '64 KiB of headers',
      ['GET / HTTP/1.1', 'Host: localhost', `x: ${'x'.repeat(65_536)}`],
      431,
      'RequestHeaderTooLarge',
    ],
    ['a header without a name', ['GET / HTTP/1.1', 'Host: localhost', ': value'], 400, 'BadRequest'],
    ['a folded header', ['GET / HTTP/1.1', 'Host: localhost', 'x: a', '\tb'], 400, 'BadRequest'],
    [
      'two lengths',
      ['PUT /demo/k HTTP/1.1', 'Host: localhost', 'Content-Length: 1', 'Content-Length: 2'],
      400,
      'BadRequest',
    ],
    [
      'chunks that are not the last coding',
      ['PUT /demo/k HTTP/1.1', 'Host: localhost', 'Content-Length: 1', 'Transfer-Encoding: chunked, gzip'],
      400,
      'BadRequest',
    ],
    ['a negative length', ['PUT /demo/k HTTP/1.1', 'Host: localhost', 'Content-Length: -1'], 400, 'BadRequest'],
    ['no HTTP at all', ['\u0016\u0003\u0001\u0002'], 400, 'BadRequest'],
  ])("is refused in OSS's words: %s", async (_case, lines, status, code) => {
    const answer = await raw(lines);
    expect([statusOf(answer), elementText(answer, 'Code')]).toEqual([status, code]);
    expect(answer).toContain('\r\nContent-Type: application/xml\r\n');
    expect(answer).toMatch(/\r\nx-oss-request-id: [0-9A-F]{24}\r\n/);
    expect((await emulator.send('GET')).status).toBe(200);
  });

  it('opens no tunnel', async () => {
    expect(await raw(['CONNECT example.com:443 HTTP/1.1', 'Host: example.com:443'])).toBe('');
  });

  it('serves the target of an official host name, as a client with a proxy sends it', async () => {
    await emulator.send('PUT', { key: 'k', body: 'by proxy' });
    const parts = { method: 'GET', bucket: BUCKET, key: 'k' };
    const { headers } = signRequest(parts, { credentials: CREDENTIALS, region: REGION, now: new Date() });
    const host = `${BUCKET}.oss-cn-hangzhou.aliyuncs.com`;
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const answer = await raw([`GET http://${host}/k HTTP/1.1`, `Host: ${host}`, ...lines]);
    expect(statusOf(answer)).toBe(200);
    expect(answer).toMatch(/by proxy$/);
  });

  it('keeps keys apart that look alike', async () => {
    const keys = [
      'a/../b',
      'b',
      'a//b',
      'a/b',
      './b',
      '../b',
      '%2e%2e/b',
      'e\u0301',
      '\u00e9',
      'a\r\nb',
      '\u202Egnp',
      '😀',
    ];
    for (const key of keys) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await emulator.send('PUT', { key, body: `bytes of ${key}` })).status).toBe(200);
    }
    for (const key of keys) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await emulator.send('GET', { key })).text).toBe(`bytes of ${key}`);
    }
  });

  it('stores nothing of a body that ends too early', async () => {
    const parts = { method: 'PUT', bucket: BUCKET, key: 'half' };
    const { headers } = signRequest(parts, { credentials: CREDENTIALS, region: REGION, now: new Date() });
    const lines = Object.entries({ ...headers, host: 'localhost', 'content-length': '10' });
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1');
    socket.write(`PUT /${BUCKET}/half HTTP/1.1\r\n${head}\r\n12345`);
    await setTimeout(50);
    socket.destroy();
    await setTimeout(50);
    expect((await emulator.send('GET', { key: 'half' })).element('Code')).toBe('NoSuchKey');
  });

  it('does not wait for the body of a GET (oss2, test_sign)', async () => {
    const parts = { method: 'GET', bucket: BUCKET };
    const { headers } = signRequest(parts, { credentials: CREDENTIALS, region: REGION, now: new Date() });
    const lines = Object.entries({ ...headers, 'content-length': '9' }).map(([name, value]) => `${name}: ${value}`);
    expect(statusOf(await raw([`GET /${BUCKET} HTTP/1.1`, 'Host: localhost', ...lines]))).toBe(200);
  });

  it('writes control characters of a request into no log line', async () => {
    await raw(['GET /demo/a%0Ab HTTP/1.1', 'Host: localhost', `Authorization: OSS \u001B[31m:x`]);
    expect(emulator.log.length).toBeGreaterThan(20);
    expect(emulator.log.filter((line) => /\p{Cc}/u.test(line))).toEqual([]);
  });
});
