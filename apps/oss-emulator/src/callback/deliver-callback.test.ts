import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createSecureContext } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReceiver } from '../../test/callback-receiver.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';
import { deliverCallback } from './deliver-callback.ts';

const fixture = (name: string) => readFile(new URL(`../../test/fixtures/${name}`, import.meta.url));

describe('a callback over TLS', () => {
  let emulator: TestEmulator;
  let server: ReturnType<typeof createServer>;
  let serverNames: string[] = [];
  let received = 0;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    const identity = { key: await fixture('localhost-key.pem'), cert: await fixture('localhost-cert.pem') };
    server = createServer({
      ...identity,
      SNICallback: (name, done) => {
        serverNames.push(name);
        done(null, createSecureContext(identity));
      },
    });
    server.on('request', (_request, response) => {
      received += 1;
      response.writeHead(200, { 'content-length': 2 }).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    server.close();
  });

  it.each([
    [true, ['localhost']],
    [false, []],
    [undefined, []],
  ])(
    'with callbackSNI %s names %j, and fails for a certificate that nobody vouches for',
    async (callbackSNI, names) => {
      serverNames = [];
      const { port } = server.address() as AddressInfo;
      const param = { callbackUrl: `https://localhost:${port}/`, callbackBody: 'a=b', callbackSNI };
      const headers = { 'x-oss-callback': Buffer.from(JSON.stringify(param)).toString('base64') };
      const response = await emulator.send('PUT', { key: 'k', body: 'b', headers });
      expect([response.status, response.element('Message')]).toEqual([203, 'Error status : 502.']);
      expect(serverNames).toEqual(names);
      expect(received).toBe(0);
      expect(emulator.log.at(-1)).toContain('self-signed certificate');
    },
  );
});

describe('the address of a callback', () => {
  it('is the one that was checked, whatever another look-up would say', async () => {
    await using receiver = await startReceiver();
    const port = Number(new URL(receiver.url).port);
    const url = {
      text: '',
      protocol: 'http:',
      hostname: 'rebound.invalid',
      port,
      host: 'rebound.invalid',
      requestTarget: '/',
    } as const;
    const body = Buffer.from('a=b');
    const headers = [
      ['Host', url.host],
      ['Content-Length', '3'],
    ] as const;
    const message = { url, sni: false, headers, body };
    const resolve = async () => ({ allowed: [{ address: '127.0.0.1', family: 4 } as const], refused: [] });
    const delivery = await deliverCallback(message, { targets: 'local', routes: [], timeoutMs: 1000, resolve });
    expect(delivery).toMatchObject({ connectedTo: `127.0.0.1:${port}`, reply: { status: 200 } });
    expect(receiver.received[0]?.headers['host']).toBe('rebound.invalid');
  });
});

/** A receiver that answers the first bytes with these, and leaves the connection open. */
async function startRawReceiver(answer: string) {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.write(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, [Symbol.dispose]: () => void server.close() };
}

describe('a callback whose receiver is no web server', () => {
  it.each([
    [
      'another protocol',
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n',
      'Error status : 101.',
    ],
    ['half a head', 'HTTP/1.1 200 OK\r\nContent-Le', 'timeout'],
    ['half a body', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}', 'timeout'],
    ['hints for ever', 'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n', 'timeout'],
  ])('fails in time when it answers with %s', async (_what, answer, message) => {
    await using emulator = await startTestEmulator({ callbackTimeoutMs: 300 });
    using receiver = await startRawReceiver(answer);
    const param = { callbackUrl: receiver.url, callbackBody: 'a=b' };
    const headers = { 'x-oss-callback': Buffer.from(JSON.stringify(param)).toString('base64') };
    const response = await emulator.send('PUT', { key: 'k', body: 'b', headers });
    expect([response.status, response.element('Message')]).toEqual([203, expect.stringContaining(message)]);
  });
});
