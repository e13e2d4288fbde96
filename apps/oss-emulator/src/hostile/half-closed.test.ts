import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerJson, startReceiver } from '../../test/callback-receiver.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const HOST = 'Host: localhost\r\n';

describe('a client that has sent everything and closes that direction', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    await emulator.send('PUT', { bucket: 'open-to-all', headers: { 'x-oss-acl': 'public-read-write' } });
    await emulator.send('PUT', { bucket: 'open-to-all', key: 'large', body: Buffer.alloc(3_000_000) });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  /** As `printf … | nc -N` does; @returns what comes until the emulator closes its direction too */
  async function ask(request: string, delayMs = 0): Promise<string> {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(emulator.url).port), allowHalfOpen: true });
    socket.write(request);
    const answer = text(socket);
    await sleep(delayMs);
    socket.end();
    return answer;
  }

  it('gets the whole of a large object', async () => {
    const answer = await ask(`GET /open-to-all/large HTTP/1.1\r\n${HOST}\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer.length).toBeGreaterThan(3_000_000);
  });

  it.each([0, 100])('gets the answer of its callback when it closes after %i ms', async (delayMs) => {
    await using receiver = await startReceiver((response) => {
      setTimeout(() => answerJson(response), 300);
    });
    const param = { callbackUrl: receiver.url, callbackBody: 'a=b' };
    const callback = `x-oss-callback: ${Buffer.from(JSON.stringify(param)).toString('base64')}\r\n`;
    const put = `PUT /open-to-all/k HTTP/1.1\r\n${HOST}${callback}Content-Length: 3\r\n\r\nabc`;
    expect(await ask(put, delayMs)).toMatch(/^HTTP\/1\.1 200 [^]*\{"Status":"OK"\}$/);
    expect(receiver.received).toHaveLength(1);
  });

  it('gets the answers of everything that it sent', async () => {
    const put = `PUT /open-to-all/piped HTTP/1.1\r\n${HOST}Content-Length: 3\r\n\r\nabc`;
    const answer = await ask(`${put}GET /open-to-all/piped HTTP/1.1\r\n${HOST}\r\n`);
    expect([...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['200', '200']);
    expect(answer).toMatch(/abc$/);
  });
});
