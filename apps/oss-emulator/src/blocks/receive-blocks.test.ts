import { hash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createRequestBody } from '../http/request-body.ts';

const MIB = 1024 * 1024;
/** A request with this header is refused after so many bytes. */
const LEAVE_AFTER = 'x-leave-after';

let server: Server;
let client: Socket;
let requests: IncomingMessage[] = [];
let failures: unknown[] = [];

afterEach(() => {
  client.destroy();
  server.close();
});

/** Answers with the MD5 of the body, in as many pieces as it says. */
async function start(read: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array> = (bytes) => bytes) {
  requests = [];
  failures = [];
  server = createServer((incoming, outgoing) => {
    requests.push(incoming);
    const body = createRequestBody(incoming, outgoing);
    const limit = Number(incoming.headers[LEAVE_AFTER] ?? Number.POSITIVE_INFINITY);
    const answer = async (): Promise<void> => {
      const pieces: Uint8Array[] = [];
      let sizeBytes = 0;
      for await (const piece of read(body.read(Number.MAX_SAFE_INTEGER))) {
        pieces.push(piece);
        sizeBytes += piece.length;
        if (sizeBytes >= limit) break;
      }
      const text = sizeBytes >= limit ? 'left' : hash('md5', Buffer.concat(pieces));
      outgoing.writeHead(200, { 'content-length': text.length }).end(text);
      await body.drain();
    };
    answer().catch((error: unknown) => failures.push(error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  await once(client, 'connect');
}

function put(bytes: Uint8Array, headers = ''): Buffer {
  return Buffer.concat([
    Buffer.from(`PUT / HTTP/1.1\r\nHost: a\r\n${headers}Content-Length: ${bytes.length}\r\n\r\n`),
    bytes,
  ]);
}

/** The bodies of the next answers, of 32 or 4 characters. */
async function answers(count: number): Promise<string[]> {
  let text = '';
  const found = (): string[] => [...text.matchAll(/\r\n\r\n(left|[0-9a-f]{32})/g)].map(([, body = '']) => body);
  while (found().length < count) {
    // oxlint-disable-next-line no-await-in-loop
    const [chunk] = (await once(client, 'data')) as [Buffer];
    text += chunk.toString('latin1');
  }
  return found();
}

describe('the blocks of a large body', () => {
  it('are its bytes, one body after the other on a connection, whatever is between', async () => {
    await start();
    const sizes = [MIB, 10, 5 * MIB + 1, 0, 512 * 1024, 600_000, 70_000, 3 * MIB - 7, 1];
    const bodies = sizes.map((sizeBytes) => randomBytes(sizeBytes));
    client.write(Buffer.concat(bodies.map((bytes) => put(bytes))));
    expect(await answers(bodies.length)).toEqual(bodies.map((bytes) => hash('md5', bytes)));
  });

  it('are its bytes when they come slowly and in odd pieces', async () => {
    await start();
    const body = randomBytes(MIB + 12_345);
    const request = put(body);
    for (let offset = 0; offset < request.length; offset += 77_777) {
      client.write(request.subarray(offset, offset + 77_777));
      // oxlint-disable-next-line no-await-in-loop
      await setTimeout(2);
    }
    expect(await answers(1)).toEqual([hash('md5', body)]);
  });

  it('are its bytes when it is chunked', async () => {
    await start();
    const body = randomBytes(3 * MIB);
    const head = `PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n`;
    client.write(Buffer.concat([Buffer.from(head), body, Buffer.from('\r\n0\r\n\r\n'), put(body)]));
    expect(await answers(2)).toEqual([hash('md5', body), hash('md5', body)]);
  });

  it('may be left in the middle: what follows on the connection is read as ever', async () => {
    await start();
    const [left, whole, small] = [randomBytes(4 * MIB), randomBytes(2 * MIB), randomBytes(100)];
    const leave = `${LEAVE_AFTER}: 600000\r\n`;
    client.write(Buffer.concat([put(left, leave), put(whole), put(left, leave), put(small), put(whole)]));
    const expected = ['left', hash('md5', whole), 'left', hash('md5', small), hash('md5', whole)];
    expect(await answers(5)).toEqual(expected);
  });

  it('make the client wait for who reads them', async () => {
    const gate = Promise.withResolvers<void>();
    await start(async function* wait(bytes) {
      for await (const block of bytes) {
        await gate.promise;
        yield block;
      }
    });
    const body = randomBytes(64 * MIB);
    client.write(put(body));
    await expect.poll(() => requests[0]?.socket.bytesRead).toBeGreaterThan(MIB);
    await setTimeout(300);
    expect(requests[0]?.socket.bytesRead).toBeLessThan(4 * MIB);
    gate.resolve();
    expect(await answers(1)).toEqual([hash('md5', body)]);
  });

  it.each([
    ['ends its side of the connection', () => client.end()],
    ['resets the connection', () => client.resetAndDestroy()],
  ])('fail when the client %s in the middle', async (_, goAway) => {
    await start();
    client.on('error', () => undefined);
    await new Promise((resolve) => client.write(put(randomBytes(5 * MIB)).subarray(0, 3 * MIB), resolve));
    goAway();
    await expect.poll(() => failures.length).toBe(1);
    expect(requests[0]?.destroyed).toBe(true);
  });
});
