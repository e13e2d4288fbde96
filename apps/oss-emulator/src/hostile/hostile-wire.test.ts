import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signRequest } from '@oss-callback/oss-signing';
import { BUCKET, CREDENTIALS, elementText, REGION, sendRaw } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const SHARED = 'Host: localhost\r\nConnection: close\r\n';

const statusesOf = (raw: string): number[] =>
  [...raw.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => Number(status));

/** Request line and signed headers, without the end of the head. */
function signedHead(method: string, key: string, query: Record<string, string> = {}): string {
  const parts = { method, bucket: BUCKET, key, query };
  const { headers } = signRequest(parts, { credentials: CREDENTIALS, region: REGION, now: new Date() });
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const search = new URLSearchParams(query).toString();
  const target = `/${BUCKET}/${encodeURIComponent(key)}${search === '' ? '' : `?${search}`}`;
  return `${method} ${target} HTTP/1.1\r\n${SHARED}${lines.join('')}`;
}

const chunked = (body: string): string => `${signedHead('PUT', 'k')}Transfer-Encoding: chunked\r\n\r\n${body}`;
const get = (...lines: string[]): string =>
  `GET / HTTP/1.1\r\n${SHARED}${lines.map((line) => `${line}\r\n`).join('')}\r\n`;

describe('bytes that are no request, or another one than they seem', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'oss-emulator-wire-'));
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    await emulator.send('PUT', { key: 'there', body: 'bytes' });
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    rmSync(dataDir, { recursive: true });
  });

  it.each<readonly [string, () => string, number, string]>([
    ['lines that end in LF', () => 'GET / HTTP/1.1\nHost: localhost\n\n', 400, 'BadRequest'],
    ['one line that ends in LF', () => 'GET / HTTP/1.1\r\nHost: localhost\nx: y\r\n\r\n', 400, 'BadRequest'],
    ['CR in a value', () => get('x: a\rb'), 400, 'BadRequest'],
    ['NUL in a value', () => get('x: a\0b'), 400, 'BadRequest'],
    ['NUL in the target', () => `GET /a\0b HTTP/1.1\r\n${SHARED}\r\n`, 400, 'BadRequest'],
    ['a blank in the target', () => `GET /a b HTTP/1.1\r\n${SHARED}\r\n`, 400, 'BadRequest'],
    ['bytes above ASCII in the target', () => `GET /demo/\u00E4 HTTP/1.1\r\n${SHARED}\r\n`, 400, 'BadRequest'],
    ['a lone surrogate', () => `GET /demo/%ED%A0%80 HTTP/1.1\r\n${SHARED}\r\n`, 400, 'InvalidArgument'],
    ['an overlong slash', () => `GET /demo/%C0%AF HTTP/1.1\r\n${SHARED}\r\n`, 400, 'InvalidArgument'],
    ['a blank in a name', () => get('a b: c'), 400, 'BadRequest'],
    ['a blank behind a name', () => get('Transfer-Encoding : chunked'), 400, 'BadRequest'],
    ['a name above ASCII', () => get('\u00E4: b'), 400, 'BadRequest'],
    ['HTTP/1.2', () => 'GET / HTTP/1.2\r\nHost: localhost\r\n\r\n', 400, 'BadRequest'],
    ['the preface of HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'BadRequest'],
    ['a method in small letters', () => `get / HTTP/1.1\r\n${SHARED}\r\n`, 400, 'BadRequest'],
    ['TRACE', () => `TRACE / HTTP/1.1\r\n${SHARED}\r\n`, 405, 'MethodNotAllowed'],
    ['an encoded slash behind the bucket', () => `GET /demo%2Fk HTTP/1.1\r\n${SHARED}\r\n`, 400, 'InvalidBucketName'],
    ['encoded dots for a bucket', () => `GET /%2e%2e/k HTTP/1.1\r\n${SHARED}\r\n`, 400, 'InvalidBucketName'],
    ['a key of 1024 bytes', () => `GET /demo/${'k'.repeat(1024)} HTTP/1.1\r\n${SHARED}\r\n`, 400, 'InvalidObjectName'],
    [
      'a key of 342 han',
      () => `GET /demo/${'%E4%B8%AD'.repeat(342)} HTTP/1.1\r\n${SHARED}\r\n`,
      400,
      'InvalidObjectName',
    ],
    ['a target of 60 KB', () => `GET /?${'x'.repeat(60_000)} HTTP/1.1\r\n${SHARED}\r\n`, 431, 'RequestHeaderTooLarge'],
  ])('are refused: %s', async (_case, request, status, code) => {
    const answer = await sendRaw(emulator.url, request());
    expect([statusesOf(answer), elementText(answer, 'Code')]).toEqual([[status], code]);
  });

  it.each<readonly [string, () => string, number, string]>([
    ['a length with a sign', () => `${signedHead('PUT', 'k')}Content-Length: +1\r\n\r\na`, 400, 'BadRequest'],
    ['a hexadecimal length', () => `${signedHead('PUT', 'k')}Content-Length: 0x1\r\n\r\na`, 400, 'BadRequest'],
    ['a list of lengths', () => `${signedHead('PUT', 'k')}Content-Length: 1, 1\r\n\r\na`, 400, 'BadRequest'],
    [
      'a length of 2^53 + 1',
      () => `${signedHead('PUT', 'k')}Content-Length: 9007199254740993\r\n\r\n`,
      400,
      'EntityTooLarge',
    ],
    [
      'a length of 20 digits',
      () => `${signedHead('PUT', 'k')}Content-Length: ${'9'.repeat(20)}\r\n\r\n`,
      400,
      'BadRequest',
    ],
    [
      'two codings',
      () => `${signedHead('PUT', 'k')}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
      501,
      'NotImplemented',
    ],
    [
      'an unknown coding',
      () => `${signedHead('PUT', 'k')}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
      501,
      'NotImplemented',
    ],
    [
      'chunked, but not last',
      () => `${signedHead('PUT', 'k')}Transfer-Encoding: chunked, identity\r\n\r\n`,
      400,
      'BadRequest',
    ],
    [
      'chunked twice',
      () => `${signedHead('PUT', 'k')}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n`,
      400,
      'BadRequest',
    ],
    ['the size of a chunk with 0x', () => chunked('0x1\r\na\r\n0\r\n\r\n'), 400, 'BadRequest'],
    ['the size of a chunk beyond 64 bits', () => chunked(`${'f'.repeat(17)}\r\na\r\n0\r\n\r\n`), 400, 'BadRequest'],
    ['a negative chunk', () => chunked('-1\r\na\r\n0\r\n\r\n'), 400, 'BadRequest'],
    ['a chunk longer than it says', () => chunked('1\r\nabc\r\n0\r\n\r\n'), 400, 'BadRequest'],
    ['an extension of 20 KB', () => chunked(`1;${'x'.repeat(20_000)}\r\na\r\n0\r\n\r\n`), 400, 'BadRequest'],
    [
      'trailers of 100 KB',
      () => chunked(`1\r\na\r\n0\r\n${'t: x\r\n'.repeat(17_000)}\r\n`),
      431,
      'RequestHeaderTooLarge',
    ],
  ])('store nothing when the body is no body: %s', async (_case, request, status, code) => {
    const answer = await sendRaw(emulator.url, request());
    expect([statusesOf(answer), elementText(answer, 'Code')]).toEqual([[status], code]);
    expect((await emulator.send('HEAD', { key: 'k' })).status).toBe(404);
  });

  it('answers requests that were sent without waiting in their order, and nothing to what is wrong behind them', async () => {
    const line = (key: string): string => `GET /demo-demo/${key} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    const asked = `${line('a')}GET /demo%2F HTTP/1.1\r\nHost: localhost\r\n\r\n${line('c')}`;
    const orderly = `${asked}GET / HTTP/1.1\r\n${SHARED}\r\n`;
    expect(statusesOf(await sendRaw(emulator.url, orderly))).toEqual([404, 400, 404, 403]);
    expect(statusesOf(await sendRaw(emulator.url, `${asked}nonsense\r\n\r\n`))).toEqual([404, 400, 404]);
  });

  it('ends the connection behind a body in a coding that has no end', async () => {
    const request = 'PUT /demo/k HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\nbody';
    const answer = await sendRaw(emulator.url, request);
    expect([statusesOf(answer), /^Connection: close\r$/m.test(answer)]).toEqual([[501], true]);
  });

  it('takes a request that is followed by another inside its body for one', async () => {
    const inner = `GET /${BUCKET}/there HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    const request = `${signedHead('PUT', 'outer')}Content-Length: ${inner.length}\r\n\r\n${inner}`;
    expect(statusesOf(await sendRaw(emulator.url, request))).toEqual([200]);
    expect((await emulator.send('GET', { key: 'outer' })).text).toBe(inner);
  });

  it('ignores an expectation that it does not know, and tells who expects 100-continue to go on', async () => {
    const put = (expect_: string) =>
      `${signedHead('PUT', 'expecting')}Expect: ${expect_}\r\nContent-Length: 1\r\n\r\na`;
    expect(statusesOf(await sendRaw(emulator.url, put('200-ok')))).toEqual([200]);
    expect(statusesOf(await sendRaw(emulator.url, put('100-Continue')))).toEqual([100, 200]);
    const older = put('100-continue').replace('HTTP/1.1', 'HTTP/1.0');
    expect(statusesOf(await sendRaw(emulator.url, older))).toEqual([200]);
  });

  it.each(['websocket', 'h2c'])('does not change to %s', async (protocol) => {
    const request = `GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: ${protocol}\r\n\r\n`;
    expect(statusesOf(await sendRaw(emulator.url, request))).toEqual([403]);
  });

  it.each([
    ['http://example.com/k', 'NonStandardHostForbidden'],
    ['http://oss-cn-hangzhou.aliyuncs.com.example.com/k', 'NonStandardHostForbidden'],
    ['http://169.254.169.254/latest', 'NonStandardHostForbidden'],
    ['http://oss-cn-hangzhou.aliyuncs.com@example.com/k', 'InvalidArgument'],
    ['ftp://oss-cn-hangzhou.aliyuncs.com/k', 'InvalidArgument'],
    ['//example.com/k', 'InvalidBucketName'],
  ])('is no proxy to %s', async (target, code) => {
    const answer = await sendRaw(emulator.url, `GET ${target} HTTP/1.1\r\n${SHARED}\r\n`);
    expect(elementText(answer, 'Code')).toBe(code);
  });

  it('gives control to local names only, whatever the target says', async () => {
    const ask = (target: string, host: string) =>
      sendRaw(
        emulator.url,
        `POST ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
      );
    expect(elementText(await ask('/__emulator/reset', 'example.com'), 'Code')).toBe('InvalidBucketName');
    const official = 'http://oss-cn-hangzhou.aliyuncs.com/__emulator/reset';
    expect(elementText(await ask(official, 'localhost'), 'Code')).toBe('InvalidBucketName');
    expect((await emulator.send('HEAD', { key: 'there' })).status).toBe(200);
  });

  it('takes thousands of parameters, and the first of a name', async () => {
    const query = Array.from({ length: 5000 }, (_, index) => index.toString(36)).join('&');
    expect(statusesOf(await sendRaw(emulator.url, `GET /?${query} HTTP/1.1\r\n${SHARED}\r\n`))).toEqual([403]);
    const names = `GET /?__proto__=1&constructor=2&acl=3&acl HTTP/1.1\r\n${SHARED}__proto__: 1\r\n\r\n`;
    expect(statusesOf(await sendRaw(emulator.url, names))).toEqual([403]);
  });

  it.runIf(existsSync('/proc/self/fd'))('lets go of files whose readers are gone', async () => {
    await using filed = await startTestEmulator({ store: 'file', dataDir });
    await filed.send('PUT', { key: 'large', body: Buffer.alloc(8 * 1024 * 1024) });
    const openFiles = (): number => readdirSync('/proc/self/fd').length;
    const before = openFiles();
    for (let round = 0; round < 40; round += 1) {
      const socket = connect(Number(new URL(filed.url).port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(signedHead('GET', 'large') + '\r\n');
      // Some are gone before the answer, some in the middle of it.
      // oxlint-disable-next-line no-await-in-loop
      await sleep(round % 4);
      socket.destroy();
    }
    await expect.poll(openFiles, { timeout: 5000 }).toBeLessThan(before + 5);
  });
});
