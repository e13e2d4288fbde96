import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const SENT_BYTES = 20_000_000;
const HOST = 'Host: localhost\r\n';

describe('a client that is still sending when it is answered', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  it.each([
    [
      'an upload on a connection that is to be closed',
      `PUT /not-there/k HTTP/1.1\r\n${HOST}Connection: close\r\n`,
      404,
    ],
    ['an upload by HTTP/1.0', `PUT /not-there/k HTTP/1.0\r\n${HOST}`, 404],
    ['an upload that should have waited', `PUT /not-there/k HTTP/1.1\r\n${HOST}Expect: 100-continue\r\n`, 404],
    ['a GET with a body', `GET /not-there/k HTTP/1.1\r\n${HOST}`, 404],
  ])('reads the answer to %s behind all that it sends', { timeout: 30_000 }, async (_what, head, status) => {
    const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1');
    const failures: Error[] = [];
    socket.on('error', (error) => failures.push(error));
    socket.write(`${head}Content-Length: ${SENT_BYTES}\r\n\r\n`);
    // Nothing is read before everything is sent, as by clients that do one thing at a time.
    socket.pause();
    await new Promise<void>((resolve) => socket.write(Buffer.alloc(SENT_BYTES), () => resolve()));
    expect(await text(socket)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(failures).toEqual([]);
  });

  it.each([
    ['a header without end', `GET / HTTP/1.1\r\n${HOST}x: `, 431],
    ['a body without chunks', `PUT /not-there/k HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 400],
  ])('reads the refusal of %s', { timeout: 30_000 }, async (_what, head, status) => {
    const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1');
    const failures: Error[] = [];
    socket.on('error', (error) => failures.push(error));
    socket.write(head);
    socket.pause();
    await new Promise<void>((resolve) => socket.write(Buffer.alloc(SENT_BYTES, 'a'), () => resolve()));
    expect(await text(socket)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(failures).toEqual([]);
  });
});
