import { randomBytes } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { StoreError } from '../store-error.ts';
import { BUCKET, inChunks, LARGE_BYTES, newObject, sha256 } from './store-under-test.conformance.ts';
import type { StoreUnderTest } from './store-under-test.conformance.ts';

export function describeStaging(suite: StoreUnderTest): void {
  describe('stage, commit, discard', () => {
    it('shows nothing before the commit', async () => {
      const staged = await suite.store.stage(inChunks(Buffer.from('text')));
      expect(staged.sizeBytes).toBe(4);
      expect(await suite.store.head(BUCKET.name, 'a')).toBeUndefined();
      expect((await suite.list()).keys).toEqual([]);
      expect(await suite.store.commit(staged, newObject('a'))).toEqual({ outcome: 'committed' });
      expect((await suite.list()).keys).toEqual(['a']);
    });

    it('replaces an object as a whole', async () => {
      await suite.put('a', 'a longer first version', { userMetadata: { version: '1' }, contentType: 'text/plain' });
      expect(await suite.put('a', 'second')).toEqual({ outcome: 'committed' });
      expect(await suite.store.head(BUCKET.name, 'a')).toEqual({ ...newObject('a'), sizeBytes: 6 });
      expect(await suite.read('a')).toEqual(Buffer.from('second'));
      expect((await suite.list()).keys).toEqual(['a']);
    });

    it('keeps an object without bytes', async () => {
      expect(await suite.put('empty', '')).toEqual({ outcome: 'committed' });
      expect(await suite.store.head(BUCKET.name, 'empty')).toMatchObject({ sizeBytes: 0 });
      expect(await suite.read('empty')).toEqual(Buffer.alloc(0));
    });

    it('forgets what is discarded, and takes a second discard', async () => {
      const staged = await suite.store.stage(inChunks(Buffer.from('text')));
      await suite.store.discard(staged);
      await suite.store.discard(staged);
      await expect(suite.store.commit(staged, newObject('a'))).rejects.toThrow(StoreError);
      expect(await suite.store.head(BUCKET.name, 'a')).toBeUndefined();
    });

    it('ends the handle with the commit', async () => {
      const staged = await suite.store.stage(inChunks(Buffer.from('text')));
      await suite.store.commit(staged, newObject('a'));
      await expect(suite.store.commit(staged, newObject('b'))).rejects.toThrow(/ended/);
      await suite.store.discard(staged);
      expect(await suite.read('a')).toEqual(Buffer.from('text'));
    });

    it('commits nothing into a bucket that does not exist', async () => {
      const staged = await suite.store.stage(inChunks(Buffer.from('text')));
      const object = { ...newObject('a'), bucket: 'oss-conformance-none' };
      expect(await suite.store.commit(staged, object)).toEqual({ outcome: 'bucket-missing' });
      await expect(suite.store.commit(staged, newObject('a'))).rejects.toThrow(StoreError);
    });

    it('keeps nothing of bytes that break off, and passes the error on', async () => {
      for (const sizeBytes of [10, LARGE_BYTES]) {
        async function* broken() {
          yield* inChunks(randomBytes(sizeBytes));
          throw new RangeError('connection reset');
        }
        await expect(suite.store.stage(broken())).rejects.toThrow(new RangeError('connection reset'));
      }
      expect((await suite.list()).keys).toEqual([]);
    });

    it('keeps bytes of any size, in chunks of any size', { timeout: 30_000 }, async () => {
      for (const sizeBytes of [1, 65_536, 65_537, 1_048_577, LARGE_BYTES]) {
        const bytes = randomBytes(sizeBytes);
        const staged = await suite.store.stage(inChunks(bytes));
        expect(staged.sizeBytes).toBe(sizeBytes);
        expect(await suite.store.commit(staged, newObject('sized'))).toEqual({ outcome: 'committed' });
        expect(await suite.store.head(BUCKET.name, 'sized')).toMatchObject({ sizeBytes });
        expect(sha256(await suite.read('sized'))).toBe(sha256(bytes));
      }
    });
  });

  describe('forbidOverwrite', () => {
    it.each([
      ['few', 4],
      ['many', LARGE_BYTES],
    ])('keeps the object that exists (%s bytes)', async (_, sizeBytes) => {
      expect(await suite.put('a', 'first', {}, { forbidOverwrite: true })).toEqual({ outcome: 'committed' });
      expect(await suite.put('a', randomBytes(sizeBytes), {}, { forbidOverwrite: true })).toEqual({
        outcome: 'object-exists',
      });
      expect(await suite.read('a')).toEqual(Buffer.from('first'));
    });

    it.each([
      ['few', 4],
      ['many', LARGE_BYTES],
    ])('lets one of several commits win (%s bytes)', async (_, sizeBytes) => {
      const contents = Array.from({ length: 4 }, () => randomBytes(sizeBytes));
      const outcomes = await Promise.all(contents.map((bytes) => suite.put('a', bytes, {}, { forbidOverwrite: true })));
      const names = outcomes.map(({ outcome }) => outcome);
      expect(names.toSorted()).toEqual(['committed', 'object-exists', 'object-exists', 'object-exists']);
      const winner = contents[names.indexOf('committed')] ?? Buffer.alloc(0);
      expect(sha256(await suite.read('a'))).toBe(sha256(winner));
    });
  });

  describe('replaces', () => {
    it('commits only what goes on from the object that is there', async () => {
      const put = (etag: string, replaces: string | undefined) =>
        suite.put('a', etag, { etag }, { replaces: { etag: replaces } });
      expect(await put('FIRST', 'OTHER')).toEqual({ outcome: 'object-changed' });
      expect(await put('FIRST', undefined)).toEqual({ outcome: 'committed' });
      expect(await put('SECOND', undefined)).toEqual({ outcome: 'object-changed' });
      expect(await put('SECOND', 'OTHER')).toEqual({ outcome: 'object-changed' });
      expect(await suite.read('a')).toEqual(Buffer.from('FIRST'));
      expect(await put('SECOND', 'FIRST')).toEqual({ outcome: 'committed' });
      expect(await suite.read('a')).toEqual(Buffer.from('SECOND'));
    });

    it.each([
      ['few', 4],
      ['many', LARGE_BYTES],
    ])('lets one of several commits win (%s bytes)', async (_, sizeBytes) => {
      await suite.put('a', 'first', { etag: 'FIRST' });
      const contents = Array.from({ length: 4 }, () => randomBytes(sizeBytes));
      const outcomes = await Promise.all(
        contents.map((bytes, index) =>
          suite.put('a', bytes, { etag: `NEXT${index}` }, { replaces: { etag: 'FIRST' } }),
        ),
      );
      const names = outcomes.map(({ outcome }) => outcome);
      expect(names.toSorted()).toEqual(['committed', 'object-changed', 'object-changed', 'object-changed']);
      const winner = contents[names.indexOf('committed')] ?? Buffer.alloc(0);
      expect(sha256(await suite.read('a'))).toBe(sha256(winner));
    });
  });

  describe('reset and close', () => {
    it('leaves nothing of buckets, objects and staged bytes', async () => {
      await suite.put('a', 'text');
      const staged = await suite.store.stage(inChunks(Buffer.from('staged')));
      await suite.store.reset();
      expect(await suite.store.getBucket(BUCKET.name)).toBeUndefined();
      expect(await suite.store.head(BUCKET.name, 'a')).toBeUndefined();
      await suite.store.createBucket(BUCKET);
      expect((await suite.list()).keys).toEqual([]);
      await expect(suite.store.commit(staged, newObject('b'))).rejects.toThrow(StoreError);
    });

    it('may be closed twice', async () => {
      await suite.store.close();
      await expect(suite.store.close()).resolves.toBeUndefined();
    });
  });
}
