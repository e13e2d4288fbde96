/**
 * What the tests of the file store run in a process of its own, to kill it or to measure its memory:
 * `node file-object-store.child.ts write-until-killed DATA_DIR FIRST_VERSION` or
 * `… stream-through DATA_DIR SIZE_BYTES`.
 */
import { writeSync } from 'node:fs';

import { meterDigests } from '../digests/object-digests.ts';
import { BUCKET, contentOfVersion, newObject } from './conformance/store-under-test.conformance.ts';
import { FileObjectStore } from './file-object-store.ts';

const [command, dataDir = '', amount = '0'] = process.argv.slice(2);
const store = await FileObjectStore.open(dataDir);
await store.createBucket(BUCKET);
await store.createBucket({ ...BUCKET, name: 'oss-conformance-versioned', versioning: 'Enabled' });
if (command === 'write-until-killed') {
  await writeUntilKilled(Number(amount));
} else {
  report(await streamThrough(Number(amount)));
  await store.close();
}

/**
 * Puts, changes and deletes some keys over and over; says what it is about to do, and once more when it is acknowledged.
 * Each round adds a version to an object of another bucket, too.
 */
async function writeUntilKilled(firstVersion: number): Promise<never> {
  for (let version = firstVersion; ; version += 1) {
    const key = `key-${version % 7}`;
    const isDelete = version % 5 === 0;
    await reported({ key, state: isDelete ? '' : String(version) }, async () => {
      if (isDelete) {
        await store.delete(BUCKET.name, key);
      } else {
        const staged = await store.stage(chunksOf(contentOfVersion(version)));
        await store.commit(staged, { ...newObject(key), userMetadata: { state: String(version) } });
      }
    });
    await addVersion(version);
    if (!isDelete) {
      const state = `${version} changed`;
      await reported({ key, state }, () => store.updateObject(BUCKET.name, key, () => ({ userMetadata: { state } })));
    }
  }
}

/** Every third one is a delete marker. */
async function addVersion(version: number): Promise<void> {
  const object = { ...newObject('versioned'), bucket: 'oss-conformance-versioned' };
  const outcome =
    version % 3 === 0
      ? await store.delete(object.bucket, object.key)
      : await store.commit(await store.stage(chunksOf(Buffer.from(`version ${version}`))), object);
  report({ version, versionId: 'versionId' in outcome ? outcome.versionId : '' });
}

async function reported(what: { key: string; state: string }, work: () => Promise<unknown>): Promise<void> {
  report({ ...what, acknowledged: false });
  await work();
  report({ ...what, acknowledged: true });
}

/** Puts and gets one large object; the growth of the process's memory is measured from after a first, small one. */
async function streamThrough(wholeBytes: number) {
  await put(1024 * 1024);
  const startBytes = process.memoryUsage.rss();
  let peakBytes = startBytes;
  const sampling = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  }, 5);
  const startedMs = performance.now();
  await put(wholeBytes);
  const putMs = performance.now() - startedMs;
  let readBytes = 0;
  for await (const chunk of (await store.read(BUCKET.name, 'large'))?.bytes ?? []) {
    readBytes += (chunk as Uint8Array).length;
  }
  const getMs = performance.now() - startedMs - putMs;
  clearInterval(sampling);
  return { growthBytes: peakBytes - startBytes, readBytes, putMs: Math.round(putMs), getMs: Math.round(getMs) };
}

async function put(wholeBytes: number): Promise<void> {
  const metered = meterDigests(freshChunks(wholeBytes));
  const staged = await store.stage(metered.bytes);
  const { etag, contentMd5, crc64 } = metered.digests();
  await store.commit(staged, { ...newObject('large'), etag, contentMd5, crc64 });
}

/** As a socket gives them: 64 KiB each, every one a new buffer. */
async function* freshChunks(wholeBytes: number) {
  for (let restBytes = wholeBytes; restBytes > 0; restBytes -= 65_536) {
    yield Buffer.alloc(Math.min(restBytes, 65_536), restBytes % 251);
  }
}

async function* chunksOf(bytes: Buffer) {
  for (let offset = 0; offset < bytes.length; offset += 65_536) {
    yield bytes.subarray(offset, offset + 65_536);
  }
}

/** By a synchronous write: a line is out before the next step begins. */
function report(step: object): void {
  writeSync(1, `${JSON.stringify(step)}\n`);
}
