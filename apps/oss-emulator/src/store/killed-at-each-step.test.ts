import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { BUCKET, send } from '../../test/emulator-client.ts';
import { contentsAfter, SCENARIO_KEYS } from '../../test/upload-scenario.ts';
import { HiddenObjects } from '../multipart/hidden-objects.ts';
import { startEmulator } from '../start-emulator.ts';
import { FileObjectStore } from './file-object-store.ts';

const CHILD = join(import.meta.dirname, 'killed-at-each-step.child.ts');

/** More than the scenario has; it ends by itself. */
const MAX_STEPS = 300;
/** Starting a process takes longer than all else here: each run tries every fifth step, from another one on. */
const STRIDE = 5;
const FIRST_STEP = randomInt(1, 1 + STRIDE);
/** At a time. */
const CHILDREN = 3;

const scratchDir = mkdtempSync(join(tmpdir(), 'killed-at-each-step-'));
afterAll(() => {
  rmSync(scratchDir, { recursive: true });
});

describe('an emulator with the file store, killed before each of its changes of the disk', () => {
  it(
    'has what it answered, whole, and nothing of what it did not, and cleans up at its next start',
    { timeout: 240_000 },
    async () => {
      let killed = 0;
      for (let first = FIRST_STEP; first < MAX_STEPS; first += CHILDREN * STRIDE) {
        const numbers = Array.from({ length: CHILDREN }, (_, index) => first + index * STRIDE);
        // oxlint-disable-next-line no-await-in-loop
        const ends = await Promise.all(numbers.map(killAndCheck));
        killed += ends.filter((end) => end === 'killed').length;
        if (ends.includes('ended')) break;
      }
      expect(killed).toBeGreaterThan(8);
      expect(killed).toBeLessThan(MAX_STEPS / STRIDE - CHILDREN);
    },
  );
});

async function killAndCheck(step: number): Promise<'killed' | 'ended'> {
  const dataDir = join(scratchDir, String(step));
  const args = ['--conditions=@oss-callback/source', CHILD, dataDir, String(step)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output, [code, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const answered = Number(output.trim().split('\n').at(-1));
  await expectContents(dataDir, step, answered);
  await expectNoRemains(dataDir);
  rmSync(dataDir, { recursive: true });
  expect(code === 0 || signal === 'SIGKILL').toBe(true);
  return signal === 'SIGKILL' ? 'killed' : 'ended';
}

/** All objects are those after the last answer, or those after the request that was under way. */
async function expectContents(dataDir: string, step: number, answered: number): Promise<void> {
  await using emulator = await startEmulator({ store: 'file', dataDir });
  const found = new Map<string, Buffer>();
  for (const key of SCENARIO_KEYS) {
    // oxlint-disable-next-line no-await-in-loop
    const { status, body, headers } = await send(emulator.url, 'GET', { bucket: BUCKET, key });
    expect([step, key, [200, 404].includes(status)]).toEqual([step, key, true]);
    if (status !== 200) continue;
    expect(Number(headers['content-length'])).toBe(body.length);
    found.set(key, body);
  }
  const possible = [contentsAfter(answered), contentsAfter(answered + 1)];
  expect([step, possible.some((contents) => isSame(contents, found))]).toEqual([step, true]);
  await abortUploads(emulator.url);
}

function isSame(a: ReadonlyMap<string, Buffer>, b: ReadonlyMap<string, Buffer>): boolean {
  return a.size === b.size && [...a].every(([key, content]) => b.get(key)?.equals(content) === true);
}

/** An upload that was not completed is no remains: its client may go on with it. */
async function abortUploads(url: string): Promise<void> {
  const { text: uploads } = await send(url, 'GET', { bucket: BUCKET, query: { uploads: '' } });
  for (const [, key = '', uploadId = ''] of uploads.matchAll(/<Key>(.*)<\/Key>\s*<UploadId>(.*)<\/UploadId>/g)) {
    // oxlint-disable-next-line no-await-in-loop
    expect((await send(url, 'DELETE', { bucket: BUCKET, key, query: { uploadId } })).status).toBe(204);
  }
}

async function expectNoRemains(dataDir: string): Promise<void> {
  const store = await FileObjectStore.open(dataDir);
  expect(await new HiddenObjects(store).list('')).toEqual([]);
  expect(readdirSync(join(dataDir, 'staging'))).toEqual([]);
  expect(existsSync(join(dataDir, 'damaged'))).toBe(false);
  await store.close();
}
