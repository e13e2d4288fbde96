import { spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, describe, expect, it } from 'vitest';

import { BUCKET, content, contentOfVersion } from './conformance/store-under-test.conformance.ts';
import { FileObjectStore } from './file-object-store.ts';

const CHILD = join(import.meta.dirname, 'file-object-store.child.ts');
const ROUNDS = 6;
/** A multiple of three, as every third version is a delete marker. */
const FIRST_VERSIONS_APART = 1_000_002;
const PUT_GROWTH_LIMIT_BYTES = 100_000_000;

const scratchDir = mkdtempSync(join(tmpdir(), 'file-object-store-'));

afterAll(() => {
  rmSync(scratchDir, { recursive: true });
});

describe('FileObjectStore in a process of its own', () => {
  it(
    'has every acknowledged object whole, and nothing else, after SIGKILL at any moment',
    { timeout: 60_000 },
    async () => {
      const dataDir = join(scratchDir, 'killed');
      const possibleStates = new Map<string, string[]>();
      const addedVersions: AddedVersion[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const { steps, versions } = await writeUntilKilled(dataDir, 1 + round * FIRST_VERSIONS_APART);
        for (const { key, state, acknowledged } of steps) {
          possibleStates.set(key, acknowledged ? [state] : [...(possibleStates.get(key) ?? ['']), state]);
        }
        const store = await FileObjectStore.open(dataDir);
        for (const [key, states] of possibleStates) {
          const reading = await store.read(BUCKET.name, key);
          const state = reading?.object.userMetadata['state'] ?? '';
          expect(states).toContain(state);
          const bytes = state === '' ? Buffer.alloc(0) : contentOfVersion(Number.parseInt(state, 10));
          expect((await content(reading)).equals(bytes)).toBe(true);
        }
        addedVersions.unshift(...versions.toReversed());
        const kept = await versionsOf(store);
        // One more may have been added before it could be said.
        expect(kept.slice(kept.length - addedVersions.length)).toEqual(addedVersions);
        expect(kept.length).toBeLessThanOrEqual(addedVersions.length + 1);
        addedVersions.unshift(...kept.slice(0, kept.length - addedVersions.length));
        expect(readdirSync(join(dataDir, 'staging'))).toEqual([]);
        expect(existsSync(join(dataDir, 'damaged'))).toBe(false);
        await store.close();
      }
      expect(possibleStates.size).toBeGreaterThan(0);
    },
  );

  it('puts and gets 500 MB while its memory grows by less than 100 MB', { timeout: 120_000 }, () => {
    const dataDir = join(scratchDir, 'large');
    const { stdout } = spawnSync(process.execPath, [CHILD, 'stream-through', dataDir, '500000000'], {
      encoding: 'utf8',
    });
    const { growthBytes, readBytes } = JSON.parse(stdout) as { growthBytes: number; readBytes: number };
    expect(readBytes).toBe(500_000_000);
    expect(growthBytes).toBeLessThan(PUT_GROWTH_LIMIT_BYTES);
  });
});

interface Step {
  readonly key: string;
  /** What the object's metadata say; empty when it is deleted. */
  readonly state: string;
  readonly acknowledged: boolean;
}

/** A version, or a delete marker, and what its bytes say. */
interface AddedVersion {
  readonly version: number;
  readonly versionId: string;
}

/** @returns what the process had begun and what was acknowledged when it was killed */
async function writeUntilKilled(dataDir: string, firstVersion: number) {
  const child = spawn(process.execPath, [CHILD, 'write-until-killed', dataDir, String(firstVersion)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = text(child.stdout);
  await Promise.race([new Promise((resolve) => child.stdout.once('readable', resolve)), sleep(10_000)]);
  await sleep(randomInt(1, 150));
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lines = (await output).split('\n');
  const reports = lines.filter((line) => line.endsWith('}')).map((line) => JSON.parse(line) as Step | AddedVersion);
  return {
    steps: reports.filter((report): report is Step => 'key' in report),
    versions: reports.filter((report): report is AddedVersion => 'versionId' in report),
  };
}

/** From the newest to the oldest; the bytes of a delete marker cannot say which one it is, its place has to. */
async function versionsOf(store: FileObjectStore): Promise<AddedVersion[]> {
  const query = { prefix: '', delimiter: '', keyMarker: '', versionIdMarker: '', maxKeys: Number.MAX_SAFE_INTEGER };
  const { versions } = await store.listVersions('oss-conformance-versioned', query);
  let newer = 0;
  const kept: AddedVersion[] = [];
  for (const { object, isDeleteMarker } of versions.toReversed()) {
    const reading = await store.read(object.bucket, object.key, undefined, object.versionId);
    const version = isDeleteMarker ? newer + 1 : Number((await content(reading)).toString().slice('version '.length));
    newer = version;
    kept.unshift({ version, versionId: object.versionId ?? '' });
  }
  return kept;
}
