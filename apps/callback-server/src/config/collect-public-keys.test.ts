import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectPublicKeys, fetchEmulatorKey } from './collect-public-keys.ts';
import { parsePublicKeySources } from './public-key-sources.ts';

const pem = generateKeyPairSync('rsa', { modulusLength: 1024 })
  .publicKey.export({ type: 'spki', format: 'pem' })
  .toString();

async function serve(listener: RequestListener): Promise<{ url: string; port: number } & AsyncDisposable> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => void server.close();
  return { url: `http://127.0.0.1:${port}`, port, [Symbol.asyncDispose]: close };
}

const collect = (text: string) => collectPublicKeys(parsePublicKeySources(text) ?? []);

describe('OSS_CALLBACK_PUBLIC_KEYS', () => {
  it('takes a PEM text, with its line breaks or with them written as \\n', async () => {
    const keys = await collect(`http://a.test/k=${pem}; http://b.test/k=${pem.replaceAll('\n', '\\n')}`);
    expect([...keys]).toEqual([
      ['http://a.test/k', pem.trim()],
      ['http://b.test/k', pem],
    ]);
  });

  it('takes a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'keys-'));
    await writeFile(join(folder, 'key.pem'), pem);
    expect(await collect(`http://a.test/k=${join(folder, 'key.pem')}`)).toEqual(new Map([['http://a.test/k', pem]]));
    await rm(folder, { recursive: true });
    await expect(collect(`http://a.test/k=${join(folder, 'key.pem')}`)).rejects.toThrow(
      /^OSS_CALLBACK_PUBLIC_KEYS: .*cannot be read/,
    );
  });

  it('takes the URL alone of a loopback or private host, and of no other', async () => {
    await using server = await serve((_request, response) => response.end(pem));
    expect(await collect(`${server.url}/key.pem`)).toEqual(new Map([[`${server.url}/key.pem`, pem]]));
    for (const url of ['https://keys.example.com/key.pem', 'http://169.254.169.254/key.pem']) {
      await expect(collect(url)).rejects.toThrow(/^OSS_CALLBACK_PUBLIC_KEYS: .*loopback and private hosts only/);
    }
  });

  it.each<{ why: string; listener: RequestListener }>([
    { why: 'another status', listener: (_request, response) => response.writeHead(404).end(pem) },
    { why: 'no key', listener: (_request, response) => response.end('hello') },
    { why: 'a private key', listener: (_request, response) => response.end('-----BEGIN PRIVATE KEY-----') },
    { why: 'too much', listener: (_request, response) => response.end(pem + 'x'.repeat(20_000)) },
  ])('refuses an answer that is $why', async ({ listener }) => {
    await using server = await serve(listener);
    await expect(collect(`${server.url}/key.pem`)).rejects.toThrow(/^OSS_CALLBACK_PUBLIC_KEYS: http:\/\/127/);
  });

  it('refuses what is no key', async () => {
    await expect(collect('http://a.test/k=-----BEGIN PUBLIC KEY-----')).rejects.toThrow(
      /^OSS_CALLBACK_PUBLIC_KEYS: .*RSA public key/,
    );
  });
});

describe('fetchEmulatorKey', () => {
  it('pins the key of the emulator under every name of this machine', async () => {
    await using server = await serve((request, response) => {
      response.writeHead(request.url === '/__emulator/callback_pub_key_v1.pem' ? 200 : 404).end(pem);
    });
    const keys = await fetchEmulatorKey(server.url);
    const path = `:${server.port}/__emulator/callback_pub_key_v1.pem`;
    expect([...keys.keys()].toSorted()).toEqual([
      `http://127.0.0.1${path}`,
      `http://[::1]${path}`,
      `http://localhost${path}`,
    ]);
  });

  it('waits for an emulator that is still starting', async () => {
    let attempts = 0;
    await using server = await serve((request, response) => {
      attempts += 1;
      if (attempts === 1) {
        request.socket.destroy();
      } else {
        response.end(pem);
      }
    });
    expect((await fetchEmulatorKey(server.url)).size).toBe(3);
  });
});
