import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallbackServerOptions, startCallbackServer } from '../src/index.ts';
import { callbackFor, readUpload, requestGrant, send, signer } from './play-oss.ts';

const real: CallbackServerOptions = {
  ossEndpoint: 'https://oss-cn-hangzhou.aliyuncs.com',
  ossCredentials: { accessKeyId: 'real-id', accessKeySecret: 'real-secret' },
  ticketSecrets: ['0123456789abcdef0123456789abcdef'],
  publicUrl: 'https://receiver.example.com',
};

async function refusalOf(options: CallbackServerOptions): Promise<string> {
  try {
    const server = await startCallbackServer(options);
    await server.close();
    return 'it started';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('startCallbackServer', () => {
  it('starts beside the real OSS with everything given', async () => {
    expect(await refusalOf(real)).toBe('it started');
  }, 60_000);

  it.each([
    { change: { ossCredentials: undefined }, rule: /^OSS_ACCESS_KEY_ID: must be set/ },
    {
      change: { ossCredentials: { accessKeyId: 'emulator-access-key-id', accessKeySecret: 'x' } },
      rule: /^OSS_ACCESS_KEY_ID: must not be the development pair/,
    },
    { change: { ossCredentials: { accessKeyId: 'a b', accessKeySecret: 'x' } }, rule: /^OSS_ACCESS_KEY_ID: / },
    { change: { ticketSecrets: undefined }, rule: /^UPLOAD_TICKET_SECRETS: must be set/ },
    { change: { ticketSecrets: ['short'] }, rule: /^UPLOAD_TICKET_SECRETS: .*32/ },
    { change: { callbackPublicKeys: signer.publicKeys }, rule: /^OSS_CALLBACK_PUBLIC_KEYS: / },
    { change: { publicUrl: undefined }, rule: /^PUBLIC_URL: must be an address that OSS can reach/ },
    { change: { publicUrl: 'http://127.0.0.1:3280' }, rule: /^PUBLIC_URL: must be an address that OSS can reach/ },
    { change: { publicUrl: 'https://receiver.example.com/a+b' }, rule: /^PUBLIC_URL: / },
    { change: { publicUrl: 'https://receiver.example.com/a/../b' }, rule: /^PUBLIC_URL: / },
    { change: { publicUrl: 'https://user:pw@receiver.example.com' }, rule: /^PUBLIC_URL: / },
    { change: { ossEndpoint: 'oss-cn-hangzhou.aliyuncs.com' }, rule: /^OSS_ENDPOINT: / },
    { change: { ossEndpoint: 'https://oss-cn-hangzhou.aliyuncs.com/x' }, rule: /^OSS_ENDPOINT: / },
    { change: { ossBucket: 'No' }, rule: /^OSS_BUCKET: / },
    { change: { ossRegion: 'oss-cn-hangzhou' }, rule: /^OSS_REGION: / },
  ])('refuses $change beside the real OSS before it opens anything', async ({ change, rule }) => {
    expect(await refusalOf({ ...real, ...change, dataDir: '/nonexistent/never-made' })).toMatch(rule);
  });

  it('asks for secrets of its own as soon as OSS is not on this machine', async () => {
    const near = { ossEndpoint: 'http://emulator:9280' };
    expect(await refusalOf(near)).toMatch(/^OSS_ACCESS_KEY_ID: /);
    const { ossCredentials } = real;
    expect(await refusalOf({ ...near, ossCredentials })).toMatch(/^UPLOAD_TICKET_SECRETS: /);
  });

  it('names the port when it is taken, and leaves nothing behind', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    expect(await refusalOf({ port })).toMatch(/^PORT: must be free/);
    other.close();
    expect(await refusalOf({ port })).toBe('it started');
  }, 60_000);

  it('names DATABASE_URL and prints no password when the database cannot be reached', async () => {
    const message = await refusalOf({ databaseUrl: 'postgres://oss:hunter2@127.0.0.1:1/callbacks' });
    expect(message).toMatch(/^DATABASE_URL: the database cannot be opened/);
    expect(message).not.toContain('hunter2');
  });
});

describe('the embedded database', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'callback-server-'));
  });
  afterAll(() => rm(dataDir, { recursive: true }));
  const options = (): CallbackServerOptions => ({
    dataDir,
    callbackPublicKeys: signer.publicKeys,
    ticketSecrets: ['a secret that outlives the restart'],
  });

  it('survives a restart, with tickets that were handed out before', async () => {
    const first = await startCallbackServer(options());
    const [recorded, open] = [await requestGrant(first.url), await requestGrant(first.url)];
    await send(first.url, callbackFor(recorded));
    const before = await readUpload(first.url, recorded.id);
    await first.close();

    await using second = await startCallbackServer(options());
    expect(await readUpload(second.url, recorded.id)).toEqual(before);
    expect((await send(second.url, callbackFor(open))).status).toBe(200);
    expect((await send(second.url, callbackFor(recorded))).status).toBe(200);
  }, 60_000);

  it('takes tickets of an old secret as long as the secret is on the list', async () => {
    const start = (...ticketSecrets: string[]) => startCallbackServer({ ...options(), ticketSecrets });
    const [old, young] = ['the old secret, thirty-two bytes long', 'the new secret, thirty-two bytes long'];
    const issuing = await start(old);
    const grants = [await requestGrant(issuing.url), await requestGrant(issuing.url)] as const;
    await issuing.close();
    const rotated = await start(young, old);
    expect((await send(rotated.url, callbackFor(grants[0]))).status).toBe(200);
    await rotated.close();
    await using retired = await start(young);
    const answer = await send(retired.url, callbackFor(grants[1]));
    expect([answer.status, answer.text]).toEqual([401, expect.stringContaining('"ticket-unknown-key"')]);
  }, 60_000);

  it('is opened by one server at a time', async () => {
    await using _first = await startCallbackServer(options());
    expect(await refusalOf(options())).toMatch(/^DATA_DIR: .*in use/);
  }, 60_000);

  it('is taken over from a process that died', async () => {
    // No process has this number: it is above the largest that Linux gives.
    await writeFile(join(dataDir, 'server.pid'), '4194305');
    expect(await refusalOf(options())).toBe('it started');
    expect(await readdir(dataDir)).not.toContain('server.pid');
  }, 60_000);

  it('starts anew where making it was interrupted', async () => {
    await rm(join(dataDir, 'postgres.completed'));
    await rm(join(dataDir, 'postgres', 'global'), { recursive: true });
    expect(await refusalOf(options())).toBe('it started');
  }, 60_000);

  it('needs a folder it can write to', async () => {
    const file = join(dataDir, 'a-file');
    await writeFile(file, '');
    expect(await refusalOf({ ...options(), dataDir: join(file, 'below') })).toMatch(/^DATA_DIR: must be a folder/);
  });
});

describe('close', () => {
  it('lets a callback that has begun finish, and takes no new one', async () => {
    const server = await startCallbackServer({ callbackPublicKeys: signer.publicKeys });
    const grant = await requestGrant(server.url);
    const { headers, body } = callbackFor(grant);
    const { hostname, port } = new URL(server.url);
    const lines = Object.entries({ host: 'x', ...headers }).map(([name, value]) => `${name}: ${value}`);
    const socket = connect(Number(port), hostname);
    const head = ['POST /oss/callback HTTP/1.1', ...lines, '', ''].join('\r\n');
    socket.write(Buffer.concat([Buffer.from(head), body.subarray(0, 10)]));
    // The server has the request once it has answered another one that came later.
    await readUpload(server.url, grant.id);

    const closed = server.close();
    socket.write(body.subarray(10));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    await once(socket, 'close');
    await closed;
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain(grant.id);
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
  }, 60_000);
});
