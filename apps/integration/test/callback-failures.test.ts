import { createServer as createHttpServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readUpload, requestGrant } from '../src/grants.ts';
import { ossRequest } from '../src/oss-request.ts';
import { aliOssPut } from '../src/round-trip.specs.ts';
import { startSystem } from '../src/start-system.ts';
import type { System } from '../src/start-system.ts';

const BYTES = Buffer.from('bytes that stay, whatever the callback server does');
const WISH = { filename: 'note.txt', contentType: 'text/plain', sizeBytes: BYTES.length };

/** What a callback server may answer, byte for byte, and what OSS then tells the uploader (protocol: 203 CallbackFailed). */
const ANSWERS: ReadonlyArray<{
  readonly name: string;
  readonly wire: string;
  readonly message: RegExp;
  readonly ec: unknown;
}> = [
  {
    name: '201 instead of 200',
    wire: json('HTTP/1.1 201 Created'),
    message: /^Error status : 201\.$/,
    ec: '0007-00000203',
  },
  { name: '500', wire: json('HTTP/1.1 500 Oops'), message: /^Error status : 500\.$/, ec: '0007-00000203' },
  {
    name: 'a redirect, which is not followed',
    wire: 'HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n',
    message: /^Error status : 301\.$/,
    ec: '0007-00000203',
  },
  {
    name: 'an HTML page',
    wire: 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n<html>Hi</html>',
    message: /^Response body is not valid json format\.$/,
    ec: '0007-00000205',
  },
  {
    name: 'JSON without Content-Length',
    wire: 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{"ok":true}',
    message: /missing content-length/,
    ec: expect.any(String),
  },
  {
    name: 'chunked JSON',
    wire: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n{"ok":true}\r\n0\r\n\r\n',
    message: /missing content-length/,
    ec: expect.any(String),
  },
];

describe('a callback server that fails', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(async () => {
    await system[Symbol.asyncDispose]();
  });

  /** Uploads through ali-oss with the callback going to `url`; the 203 as the SDK throws it. */
  async function failedUpload(url: string): Promise<{ message: string; code: string; status: number; ecCode: string }> {
    const grant = await requestGrant(system, WISH);
    const thrown = await aliOssPut(system, grant, BYTES, {
      version: 'V4',
      contentType: WISH.contentType,
      callback: { url },
    }).then(
      () => expect.unreachable('the upload reported success'),
      (error: unknown) => error as { message: string; code: string; status: number; ecCode: string },
    );
    expect(thrown).toMatchObject({ code: 'CallbackFailed', status: 203 });
    const stored = await ossRequest(system, { method: 'GET', key: grant.objectKey });
    expect(Buffer.from(await stored.arrayBuffer()).equals(BYTES)).toBe(true);
    expect(await readUpload(system, grant.id)).toMatchObject({ state: 'issued' });
    return thrown;
  }

  it.each(ANSWERS)('by answering $name: 203, object kept', async ({ wire, message, ec }) => {
    await using receiver = await rawServer((socket) => socket.once('data', () => socket.end(wire)));
    const thrown = await failedUpload(receiver.url);
    expect(thrown.message).toMatch(message);
    expect(thrown.ecCode).toEqual(ec);
  });

  it('by being down: 203, object kept', async () => {
    const gone = await rawServer(() => {});
    await gone[Symbol.asyncDispose]();
    expect((await failedUpload(gone.url)).message).toMatch(/^Error status : -1/);
  });

  it('by hanging up without an answer: 203, object kept', async () => {
    await using receiver = await rawServer((socket) => socket.once('data', () => socket.destroy()));
    expect((await failedUpload(receiver.url)).message).toMatch(/^Error status : /);
  });

  it('by not answering within 5 s: 203 after 5 s, object kept', { timeout: 15_000 }, async () => {
    await using receiver = await rawServer(() => {});
    const startedMs = performance.now();
    const thrown = await failedUpload(receiver.url);
    const tookMs = performance.now() - startedMs;
    expect(thrown.message).toMatch(/reply timeout, cost:\d+ms, timeout:5000ms/);
    expect(thrown.ecCode).toBe('0007-00000202');
    expect(tookMs).toBeGreaterThan(4900);
    expect(tookMs).toBeLessThan(7000);
  });

  it('takes an answer that comes late but within 5 s', { timeout: 15_000 }, async () => {
    await using receiver = await rawServer((socket) => {
      socket.once('data', () => setTimeout(() => socket.end(json('HTTP/1.1 200 OK')), 4000));
    });
    const grant = await requestGrant(system, WISH);
    const { data } = await aliOssPut(system, grant, BYTES, {
      version: 'V4',
      contentType: WISH.contentType,
      callback: { url: receiver.url },
    });
    expect(data).toEqual({ ok: true });
  });
});

describe('a callback that is changed on its way', () => {
  it.each([
    {
      change: 'nothing (the proxy itself does no harm)',
      apply: (body: string) => body,
      upload: 'delivered',
      state: 'uploaded',
    },
    { change: 'the size', apply: anotherSize, upload: 'Error status : 401.', state: 'issued' },
    {
      change: 'one blank',
      apply: (body: string) => body.replace('{', '{ '),
      upload: 'Error status : 401.',
      state: 'issued',
    },
  ])('in $change ends as: $upload', async ({ apply, upload, state }) => {
    let target = '';
    await using proxy = await changingProxy(() => target, apply);
    await using system = await startSystem({ publicUrl: proxy.url });
    target = system.callbackServerUrl;

    const grant = await requestGrant(system, WISH);
    const outcome = await aliOssPut(system, grant, BYTES, { version: 'V4', contentType: WISH.contentType }).then(
      () => 'delivered',
      (error: unknown) => (error as Error).message,
    );
    expect(outcome).toBe(upload);
    expect(await readUpload(system, grant.id)).toMatchObject({ state });
  });
});

function anotherSize(body: string): string {
  return body.replace(`"size":${BYTES.length}`, `"size":${BYTES.length + 1}`);
}

function json(statusLine: string): string {
  return `${statusLine}\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{"ok":true}`;
}

interface TestServer extends AsyncDisposable {
  readonly url: string;
}

async function rawServer(onConnection: (socket: Socket) => void): Promise<TestServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Forwards everything as it came, but the body through `change`; Content-Length and Content-MD5 follow it. */
async function changingProxy(target: () => string, change: (body: string) => string): Promise<TestServer> {
  const forward = async (incoming: IncomingMessage, response: ServerResponse) => {
    const body = change(Buffer.concat(await Array.fromAsync(incoming as AsyncIterable<Buffer>)).toString());
    const headers = { ...incoming.headers, 'content-length': String(Buffer.byteLength(body)) };
    const onward = request(new URL(incoming.url ?? '/', target()), { method: 'POST', headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.end(body);
  };
  const server = createHttpServer((incoming, response) => void forward(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
