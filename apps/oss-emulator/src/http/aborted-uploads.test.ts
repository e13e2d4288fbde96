import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { signRequest } from '@oss-callback/oss-signing';
import { afterAll, describe, expect, it } from 'vitest';
import { BUCKET, CREDENTIALS, REGION } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const MIB = 1024 * 1024;
const DECLARED_BYTES = 100 * MIB;
const SENT_BYTES = 5 * MIB;
const UPLOADS = 30;
const LIBUV_THREADS = 4;
const PATIENCE = { timeout: 15_000 };
/** What is alive anyway, and one of the uploads. */
const TOLERATED_BYTES = 8 * MIB;

const dataDir = mkdtempSync(join(tmpdir(), 'aborted-uploads-'));
afterAll(() => {
  rmSync(dataDir, { recursive: true });
});

/** Sends some of the body and goes away, once the emulator has had the time to read it. */
async function abortUpload({ url }: TestEmulator, headers: Readonly<Record<string, string>>): Promise<void> {
  const signed = signRequest(
    { method: 'PUT', bucket: BUCKET, key: 'aborted', headers: {} },
    { credentials: CREDENTIALS, region: REGION, now: new Date() },
  );
  const { hostname, port } = new URL(url);
  const client = connect({ host: hostname, port: Number(port) });
  await once(client, 'connect');
  const lines = Object.entries({ host: 'localhost', ...signed.headers, ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  client.write(`PUT /${BUCKET}/aborted HTTP/1.1\r\n${head}\r\n`);
  const size = headers['transfer-encoding'] === undefined ? '' : `${DECLARED_BYTES.toString(16)}\r\n`;
  await new Promise((resolve) => client.write(Buffer.concat([Buffer.from(size), Buffer.alloc(SENT_BYTES)]), resolve));
  client.resetAndDestroy();
  await once(client, 'close');
}

function liveBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().arrayBuffers;
}

/** 0 where the system does not say. */
function threadCount(): number {
  return existsSync('/proc/self/task') ? readdirSync('/proc/self/task').length : 0;
}

describe.each(['memory', 'file'] as const)('an upload to the %s store whose client goes away', (store) => {
  it.each([
    ['of a known size', { 'content-length': String(DECLARED_BYTES) }],
    ['of an unknown size', { 'transfer-encoding': 'chunked' }],
  ])('leaves no object, no file, no memory and no thread: %s', { timeout: 60_000 }, async (_, headers) => {
    const options = store === 'file' ? { store, dataDir } : { store };
    await using emulator = await startTestEmulator(options);
    // The thread that computes MD5 is started by the first large upload, and stays.
    await emulator.send('PUT', { key: 'whole', body: randomBytes(2 * MIB) });
    await abortUpload(emulator, headers);
    const beforeBytes = liveBytes();
    const beforeThreads = threadCount();
    const stagedFiles = (): string[] => (store === 'file' ? readdirSync(join(dataDir, 'staging')) : []);

    await Promise.all(Array.from({ length: UPLOADS }, () => abortUpload(emulator, headers)));
    await expect
      .poll(() => emulator.log.filter((line) => /closed the connection/.test(line)).length, PATIENCE)
      .toBe(UPLOADS + 1);

    await expect.poll(() => liveBytes() - beforeBytes, PATIENCE).toBeLessThan(TOLERATED_BYTES);
    await expect.poll(stagedFiles, PATIENCE).toEqual([]);
    // Those of libuv are started when there is something to do.
    expect(threadCount() - beforeThreads).toBeLessThanOrEqual(LIBUV_THREADS);
    expect((await emulator.send('GET', { key: 'aborted' })).status).toBe(404);
    const after = randomBytes(3 * MIB);
    await emulator.send('PUT', { key: 'after', body: after });
    expect((await emulator.send('GET', { key: 'after' })).body.equals(after)).toBe(true);
  });
});
