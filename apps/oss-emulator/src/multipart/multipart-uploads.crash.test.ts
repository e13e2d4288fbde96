import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { BUCKET, send } from '../../test/emulator-client.ts';
import { FileObjectStore } from '../store/file-object-store.ts';
import { HiddenObjects } from './hidden-objects.ts';

const CHILD = join(import.meta.dirname, 'emulator.child.ts');
const ROUNDS = 4;
const PARTS = 4;
const PART_BYTES = 100 * 1024;
const LARGE_PART_BYTES = 16 * 1024 ** 2;
/** A quarter of the object: V8 lets up to 64 MiB of buffers wait before it collects them. */
const MEMORY_GROWTH_LIMIT_BYTES = 96 * 1024 ** 2;

const scratchDir = mkdtempSync(join(tmpdir(), 'multipart-crash-'));
afterAll(() => {
  rmSync(scratchDir, { recursive: true });
});

/** What a client has begun, and what it was told. */
interface Attempt {
  readonly key: string;
  readonly version: number;
  step: 'begun' | 'uploaded' | 'completed';
}

/** Each part of a version is filled with another byte: a torn object shows. */
const partOf = (version: number, partNumber: number) => Buffer.alloc(PART_BYTES, (version * PARTS + partNumber) % 251);
const contentOf = (version: number) =>
  Buffer.concat(Array.from({ length: PARTS }, (_, index) => partOf(version, index + 1)));

describe('an emulator with the file store, killed while it takes uploads in parts', () => {
  it(
    'has every acknowledged object whole, no torn one, and after its restart no part that belongs to nothing',
    { timeout: 120_000 },
    async () => {
      const dataDir = join(scratchDir, 'data');
      const attempts: Attempt[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        await uploadUntilKilled(dataDir, round, attempts);
        const { child, url } = await startChild(dataDir);
        await expectWhole(url, attempts);
        await abortAll(url);
        await kill(child);
        const store = await FileObjectStore.open(dataDir);
        expect(await new HiddenObjects(store).list('')).toEqual([]);
        expect(readdirSync(join(dataDir, 'staging'))).toEqual([]);
        expect(existsSync(join(dataDir, 'damaged'))).toBe(false);
        await store.close();
      }
      const completed = attempts.filter(({ step }) => step === 'completed');
      expect(completed.length).toBeGreaterThan(0);
      expect(completed.length).toBeLessThan(attempts.length);
    },
  );
});

describe.skipIf(!existsSync('/proc/self/status'))('the memory of an emulator', () => {
  it('does not depend on how large the object is that it makes of parts', { timeout: 120_000 }, async () => {
    const { child, url } = await startChild(join(scratchDir, 'large'));
    await send(url, 'PUT', { bucket: BUCKET });
    const uploadInParts = async (parts: number): Promise<number> => {
      const query = { uploads: '' };
      const uploadId = (await send(url, 'POST', { bucket: BUCKET, key: 'k', query })).element('UploadId') ?? '';
      const copied = { 'x-oss-copy-source': `/${BUCKET}/source` };
      for (let partNumber = 1; partNumber <= parts; partNumber += 1) {
        const part = { uploadId, partNumber: String(partNumber) };
        await send(url, 'PUT', { bucket: BUCKET, key: 'k', query: part, headers: copied });
      }
      const headers = { 'x-oss-complete-all': 'yes' };
      const completed = await send(url, 'POST', { bucket: BUCKET, key: 'k', query: { uploadId }, headers });
      expect(completed.status).toBe(200);
      const { headers: head } = await send(url, 'HEAD', { bucket: BUCKET, key: 'k' });
      expect(head['content-length']).toBe(String(parts * LARGE_PART_BYTES));
      return peakMemoryBytes(child);
    };
    await send(url, 'PUT', { bucket: BUCKET, key: 'source', body: Buffer.alloc(LARGE_PART_BYTES, 'large ') });
    const afterSmall = await uploadInParts(2);
    const afterLarge = await uploadInParts(24);
    await kill(child);
    expect(afterLarge - afterSmall).toBeLessThan(MEMORY_GROWTH_LIMIT_BYTES);
  });
});

/** The most that the process has had in memory so far. */
function peakMemoryBytes({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

async function startChild(dataDir: string): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, ['--conditions=@oss-callback/source', CHILD, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, url: line.toString().trim() };
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** Three clients upload, complete and abort side by side; each to keys of its own, so that it knows what must be there. */
async function uploadUntilKilled(dataDir: string, round: number, attempts: Attempt[]): Promise<void> {
  const { child, url } = await startChild(dataDir);
  await send(url, 'PUT', { bucket: BUCKET });
  const clients = [0, 1, 2].map(async (client) => {
    for (let version = round * 1000 + client; ; version += 3) await uploadOnce(url, `key-${client}`, version, attempts);
  });
  const ended = Promise.allSettled(clients);
  await sleep(randomInt(200, 600));
  await kill(child);
  await ended;
}

async function uploadOnce(url: string, key: string, version: number, attempts: Attempt[]): Promise<void> {
  const ask = (method: string, query: Record<string, string>, body?: Buffer) =>
    send(url, method, { bucket: BUCKET, key, query, ...(body !== undefined && { body }) });
  const uploadId = (await ask('POST', { uploads: '' })).element('UploadId') ?? '';
  if (version % 5 === 0) {
    await ask('PUT', { uploadId, partNumber: '1' }, partOf(version, 1));
    await ask('DELETE', { uploadId });
    return;
  }
  const attempt: Attempt = { key, version, step: 'begun' };
  attempts.push(attempt);
  for (let partNumber = 1; partNumber <= PARTS; partNumber += 1) {
    await ask('PUT', { uploadId, partNumber: String(partNumber) }, partOf(version, partNumber));
  }
  attempt.step = 'uploaded';
  const headers = { 'x-oss-complete-all': 'yes' };
  const { status } = await send(url, 'POST', { bucket: BUCKET, key, query: { uploadId }, headers });
  expect(status).toBe(200);
  attempt.step = 'completed';
}

/** The last completed version, or one whose completion was under way when the process died. */
async function expectWhole(url: string, attempts: readonly Attempt[]): Promise<void> {
  for (const key of new Set(attempts.map((attempt) => attempt.key))) {
    const ofKey = attempts.filter((attempt) => attempt.key === key);
    const last = ofKey.findLastIndex(({ step }) => step === 'completed');
    const possible = ofKey.slice(Math.max(last, 0)).filter(({ step }) => step !== 'begun');
    const { status, body } = await send(url, 'GET', { bucket: BUCKET, key });
    const isThere = possible.some(({ version }) => contentOf(version).equals(body));
    expect(status === 404 ? last === -1 : isThere).toBe(true);
  }
}

async function abortAll(url: string): Promise<void> {
  const { text } = await send(url, 'GET', { bucket: BUCKET, query: { uploads: '' } });
  for (const [, key = '', uploadId = ''] of text.matchAll(/<Key>(.*)<\/Key>\s*<UploadId>(.*)<\/UploadId>/g)) {
    expect((await send(url, 'DELETE', { bucket: BUCKET, key, query: { uploadId } })).status).toBe(204);
  }
}
