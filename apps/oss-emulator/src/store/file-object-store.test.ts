import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

import { afterAll, describe, expect, it } from 'vitest';

import {
  BUCKET,
  content,
  contentOfVersion,
  inChunks,
  LARGE_BYTES,
  newObject,
} from './conformance/store-under-test.conformance.ts';
import { fileLayout, objectFile, otherFile } from './file-layout.ts';
import { FileObjectStore } from './file-object-store.ts';
import { readHead } from './object-file.ts';
import { describeObjectStore } from './object-store.conformance.ts';
import type { ObjectStore } from './object-store.ts';
import { StoreError } from './store-error.ts';

const scratchDir = mkdtempSync(join(tmpdir(), 'file-object-store-'));

afterAll(() => {
  rmSync(scratchDir, { recursive: true });
});

describeObjectStore('FileObjectStore', () => FileObjectStore.open(join(scratchDir, 'conformance')));

describe('FileObjectStore', () => {
  it('gives the same buckets and objects after it was closed and opened again', async () => {
    const dataDir = newDataDir();
    const first = await openWithBucket(dataDir);
    const bytes = Buffer.alloc(LARGE_BYTES, 'bytes ');
    await put(first, 'large', bytes);
    await put(first, '图片/😀', Buffer.from('text'));
    const before = await everything(first);
    await first.close();

    const second = await FileObjectStore.open(dataDir);
    expect(await everything(second)).toEqual(before);
    expect((await content(await second.read(BUCKET.name, 'large'))).equals(bytes)).toBe(true);
    await second.close();
  });

  it('keeps what was changed of a bucket, replacing its file in one step', async () => {
    const dataDir = newDataDir();
    const store = await openWithBucket(dataDir);
    const file = join(dataDir, 'buckets', BUCKET.name, 'bucket.json');
    const before = readFileSync(file, 'utf8');
    const opened = openSync(file, 'r');
    const changed = await store.updateBucket(BUCKET.name, (bucket) => ({ ...bucket, settings: { tagging: '标签' } }));
    expect(readFileSync(opened, 'utf8')).toBe(before);
    closeSync(opened);
    expect(readdirSync(join(dataDir, 'staging'))).toEqual([]);
    await store.close();
    const again = await FileObjectStore.open(dataDir);
    expect(await again.getBucket(BUCKET.name)).toEqual(changed);
    await again.close();
  });

  it('reads a bucket that was written before buckets had settings', async () => {
    const dataDir = newDataDir();
    await (await openWithBucket(dataDir)).close();
    const { settings: _settings, ...record } = BUCKET;
    writeFileSync(join(dataDir, 'buckets', BUCKET.name, 'bucket.json'), JSON.stringify(record));
    const store = await FileObjectStore.open(dataDir);
    expect(await store.getBucket(BUCKET.name)).toEqual({ ...BUCKET, settings: {} });
    await store.close();
  });

  it('has nothing staged on disk after an abort, a discard, a refused commit, a reset and close', async () => {
    const dataDir = newDataDir();
    const store = await openWithBucket(dataDir);
    const large = Buffer.alloc(LARGE_BYTES);
    const staged = () => readdirSync(join(dataDir, 'staging'));

    await expect(store.stage(brokenOff(large))).rejects.toThrow('connection reset');
    await expect(store.stage(brokenOff(large.subarray(0, 70_000)))).rejects.toThrow('connection reset');
    expect(staged()).toEqual([]);
    await store.discard(await store.stage(inChunks(large)));
    expect(staged()).toEqual([]);
    await put(store, 'a', Buffer.from('text'));
    const refused = await store.stage(inChunks(large));
    expect(staged()).toHaveLength(1);
    expect(await store.commit(refused, newObject('a'), { forbidOverwrite: true })).toEqual({
      outcome: 'object-exists',
    });
    expect(staged()).toEqual([]);
    await store.delete(BUCKET.name, 'a');
    await store.stage(inChunks(large));
    await store.reset();
    expect(staged()).toEqual([]);
    await store.stage(inChunks(large));
    await store.close();
    expect(staged()).toEqual([]);
  });

  it('has only whole files among its objects at any moment, so that a kill at that moment finds whole files', async () => {
    const dataDir = newDataDir();
    const store = await openWithBucket(dataDir);
    const objectsDir = join(dataDir, 'buckets', BUCKET.name, 'objects');
    const progress = { isWriting: true };
    const writing = Promise.all(
      ['a', 'b', 'c'].map(async (key) => {
        for (let version = 1; version <= 20; version += 1) {
          await put(store, key, contentOfVersion(version));
        }
      }),
    ).finally(() => {
      progress.isWriting = false;
    });
    let filesSeen = 0;
    while (progress.isWriting) {
      for (const name of readdirSync(objectsDir)) {
        expect(readHead(join(objectsDir, name))).toBeDefined();
        filesSeen += 1;
      }
      await setImmediate();
    }
    await writing;
    expect(filesSeen).toBeGreaterThan(60);
    await store.close();
  });

  it('removes at start what an earlier process left in staging', async () => {
    const dataDir = newDataDir();
    await (await FileObjectStore.open(dataDir)).close();
    writeFileSync(join(dataDir, 'staging', 'left-over'), 'half an upload');
    await (await FileObjectStore.open(dataDir)).close();
    expect(readdirSync(join(dataDir, 'staging'))).toEqual([]);
  });

  it('has the newer of two files of a version, and removes the other, after it was killed while replacing it', async () => {
    const dataDir = newDataDir();
    const store = await openWithBucket(dataDir);
    const objectsDir = join(dataDir, 'buckets', BUCKET.name, 'objects');
    const versions = [1, 2, 3].map((version) => Buffer.alloc(LARGE_BYTES, version));
    for (const bytes of versions) {
      const before = readdirSync(objectsDir);
      for (const name of before) copyFileSync(join(objectsDir, name), join(dataDir, name));
      await put(store, 'large', bytes);
    }
    await store.close();
    const [name = ''] = readdirSync(objectsDir);
    copyFileSync(join(dataDir, otherFile(name)), join(objectsDir, otherFile(name)));

    const again = await FileObjectStore.open(dataDir);
    expect((await content(await again.read(BUCKET.name, 'large'))).equals(versions[2] ?? Buffer.alloc(0))).toBe(true);
    expect(readdirSync(objectsDir)).toHaveLength(1);
    await again.delete(BUCKET.name, 'large');
    await again.close();
    const afterwards = await FileObjectStore.open(dataDir);
    expect(await afterwards.head(BUCKET.name, 'large')).toBeUndefined();
    await afterwards.close();
  });

  it('has all versions and delete markers after it was opened again, in their order', async () => {
    const dataDir = newDataDir();
    const store = await openWithBucket(dataDir);
    await put(store, 'a', Buffer.from('before versioning'));
    await store.updateBucket(BUCKET.name, (bucket) => ({ ...bucket, versioning: 'Enabled' }));
    const commit = async (text: string) => store.commit(await store.stage(inChunks(Buffer.from(text))), newObject('a'));
    await commit('first');
    await store.delete(BUCKET.name, 'a');
    await commit('second');
    await store.updateBucket(BUCKET.name, (bucket) => ({ ...bucket, versioning: 'Suspended' }));
    await commit('while suspended');
    await store.updateObject(BUCKET.name, 'a', () => ({ acl: 'private' }), 'null');
    const query = { prefix: '', delimiter: '', keyMarker: '', versionIdMarker: '', maxKeys: 10 };
    const before = await store.listVersions(BUCKET.name, query);
    expect(before.versions.map(({ isDeleteMarker }) => isDeleteMarker)).toEqual([false, false, true, false]);
    await store.close();

    const again = await FileObjectStore.open(dataDir);
    expect(await again.listVersions(BUCKET.name, query)).toEqual(before);
    const third = await again.commit(await again.stage(inChunks(Buffer.from('third'))), newObject('a'));
    expect((await again.listVersions(BUCKET.name, query)).versions[0]?.object.versionId).toBe('null');
    expect(third).toEqual({ outcome: 'committed', versionId: 'null' });
    await again.close();
  });

  it('puts aside at start whatever is no file, and serves the others', async () => {
    const dataDir = newDataDir();
    const first = await openWithBucket(dataDir);
    await put(first, 'kept', Buffer.from('bytes'));
    await first.close();
    const objectsDir = join(dataDir, 'buckets', BUCKET.name, 'objects');
    mkdirSync(join(objectsDir, 'directory'));
    symlinkSync(objectFile(fileLayout(dataDir), { bucket: BUCKET.name, key: 'kept' }), join(objectsDir, 'link'));

    const second = await FileObjectStore.open(dataDir);
    expect((await everything(second)).objects.map(({ key }) => key)).toEqual(['kept']);
    expect(readdirSync(join(dataDir, 'damaged'))).toHaveLength(2);
    await second.close();
  });

  it.each([
    ['nothing', ''],
    ['half of it', '{"name":"'],
    ['null', 'null'],
    ['something else', '{"a":1}'],
    ['another bucket', JSON.stringify({ ...BUCKET, name: 'another' })],
  ])('does not guess what a bucket was whose file holds %s', async (_what, text) => {
    const dataDir = newDataDir();
    await (await openWithBucket(dataDir)).close();
    const file = join(dataDir, 'buckets', BUCKET.name, 'bucket.json');
    const before = readFileSync(file);
    writeFileSync(file, text);
    const refused = { reason: 'data-dir-damaged', message: expect.stringContaining(file) as string };
    await expect(FileObjectStore.open(dataDir)).rejects.toMatchObject(refused);
    writeFileSync(file, before);
    await (await FileObjectStore.open(dataDir)).close();
  });

  it('puts a damaged file aside at start and serves the others', async () => {
    const dataDir = newDataDir();
    const store = await openWithBucket(dataDir);
    await put(store, 'whole', Buffer.from('text'));
    await put(store, 'torn', Buffer.from('text'));
    await store.close();
    truncateSync(objectFile(fileLayout(dataDir), { bucket: BUCKET.name, key: 'torn' }), 100);

    const again = await FileObjectStore.open(dataDir);
    expect((await everything(again)).objects.map((object) => object.key)).toEqual(['whole']);
    expect(readdirSync(join(dataDir, 'damaged'))).toHaveLength(1);
    await again.close();
  });

  it('names directory and rule when the directory cannot be created or written', async () => {
    const file = join(newDataDir(), 'file');
    writeFileSync(file, '');
    for (const dataDir of [file, join(file, 'below')]) {
      const opening = FileObjectStore.open(dataDir);
      await expect(opening).rejects.toThrow(StoreError);
      await expect(opening).rejects.toMatchObject({
        reason: 'data-dir-not-writable',
        message: expect.stringMatching(
          /^data directory .*file.*: must be a directory .*create and change files \(E.+\)$/,
        ),
      });
    }
  });

  it('refuses a directory that another store has open, and takes it once that is closed', async () => {
    const dataDir = newDataDir();
    const store = await openWithBucket(dataDir);
    await expect(FileObjectStore.open(dataDir)).rejects.toMatchObject({ reason: 'data-dir-in-use' });
    await store.close();
    await (await FileObjectStore.open(dataDir)).close();
  });

  it('fails with a StoreError, and stays usable, when its files vanish', async () => {
    const dataDir = newDataDir();
    const store = await openWithBucket(dataDir);
    await put(store, 'a', Buffer.from('text'));
    rmSync(join(dataDir, 'buckets'), { recursive: true });
    await expect(store.read(BUCKET.name, 'a')).rejects.toThrow(StoreError);
    await expect(put(store, 'b', Buffer.from('text'))).rejects.toThrow(StoreError);
    rmSync(join(dataDir, 'staging'), { recursive: true });
    await expect(store.stage(inChunks(Buffer.alloc(LARGE_BYTES)))).rejects.toThrow(StoreError);
    expect(await store.head(BUCKET.name, 'a')).toBeDefined();
    await store.close();
  });

  it('keeps bucket names that are no file names inside its directory', async () => {
    const dataDir = newDataDir();
    const store = await FileObjectStore.open(dataDir);
    for (const name of ['../../escaped', '.', '', 'UPPER', 'upper', '_75pper']) {
      expect(await store.createBucket({ ...BUCKET, name })).toBe('created');
    }
    await store.close();
    expect(existsSync(join(dataDir, '..', 'escaped'))).toBe(false);
    const again = await FileObjectStore.open(dataDir);
    expect(await again.listBuckets()).toHaveLength(6);
    await again.close();
  });
});

function newDataDir(): string {
  return mkdtempSync(join(scratchDir, 'data-'));
}

async function openWithBucket(dataDir: string): Promise<FileObjectStore> {
  const store = await FileObjectStore.open(dataDir);
  await store.createBucket(BUCKET);
  return store;
}

async function put(store: ObjectStore, key: string, bytes: Buffer): Promise<void> {
  expect(await store.commit(await store.stage(inChunks(bytes)), newObject(key))).toEqual({ outcome: 'committed' });
}

async function everything(store: ObjectStore) {
  const { objects } = await store.list(BUCKET.name, { prefix: '', delimiter: '', startAfter: '', maxKeys: 1_000 });
  return { buckets: await store.listBuckets(), objects };
}

async function* brokenOff(bytes: Buffer) {
  yield* inChunks(bytes);
  throw new RangeError('connection reset');
}
