import { signRequest } from '@oss-callback/oss-signing';
import OSS from 'ali-oss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReadStream } from 'node:fs';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { stat } from 'node:fs/promises';
import { BUCKET, CREDENTIALS, elementText, REGION, sendRaw } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('a request with Content-Length and chunks', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  /** The body's chunks are `hello`; what comes behind them is another request. */
  const put = (key: string, lengthBytes: number, behind = ''): Promise<string> => {
    const parts = { method: 'PUT', bucket: BUCKET, key };
    const { headers } = signRequest(parts, { credentials: CREDENTIALS, region: REGION, now: new Date() });
    const framing = { 'content-length': String(lengthBytes), 'transfer-encoding': 'chunked' };
    const lines = Object.entries({ ...headers, host: 'localhost', ...framing });
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    return sendRaw(emulator.url, `PUT /${BUCKET}/${key} HTTP/1.1\r\n${head}\r\n5\r\nhello\r\n0\r\n\r\n${behind}`);
  };

  it('is taken when both agree, and ends the connection (RFC 9112, section 6.1)', async () => {
    const answer = await put('agreed', 5);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toMatch(/^Connection: close\r$/m);
    expect((await emulator.send('GET', { key: 'agreed' })).text).toBe('hello');
  });

  it.each([4, 6, 0])(
    'is refused when the length says %i bytes and the chunks say 5, and stores nothing',
    async (length) => {
      const answer = await put('disputed', length);
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(elementText(answer, 'Code')).toBe('BadRequest');
      expect((await emulator.send('GET', { key: 'disputed' })).element('Code')).toBe('NoSuchKey');
    },
  );

  it('smuggles no second request', async () => {
    const parts = { method: 'PUT', bucket: BUCKET, key: 'smuggled' };
    const { headers } = signRequest(parts, { credentials: CREDENTIALS, region: REGION, now: new Date() });
    const lines = Object.entries({ ...headers, host: 'localhost', 'content-length': '0' });
    const second = `PUT /${BUCKET}/smuggled HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
    const answer = await put('first', 5, second);
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect((await emulator.send('GET', { key: 'smuggled' })).element('Code')).toBe('NoSuchKey');
  });

  it('is read to its end when it is refused: who is still sending loses no answer', async () => {
    const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1');
    const failures: Error[] = [];
    socket.on('error', (error) => failures.push(error));
    const answer = text(socket).catch(() => '');
    socket.write('PUT /not-there/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000000\r\n');
    socket.write('Transfer-Encoding: chunked\r\n\r\n1312d00\r\n');
    for (let sent = 0; sent < 20; sent += 1) socket.write(Buffer.alloc(1_000_000));
    socket.write('\r\n0\r\n\r\n');
    expect(await answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(failures).toEqual([]);
  });

  it('is what ali-oss sends for a stream whose length it is told', async () => {
    const client = new OSS({ ...CREDENTIALS, endpoint: emulator.url, bucket: BUCKET, region: `oss-${REGION}` });
    const { size } = await stat(import.meta.filename);
    await client.put('stream', createReadStream(import.meta.filename), { headers: { 'Content-Length': size } });
    expect((await emulator.send('GET', { key: 'stream' })).text).toHaveLength(size);
  });
});
