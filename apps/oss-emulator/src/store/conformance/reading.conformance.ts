import { randomBytes } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { BUCKET, content, LARGE_BYTES, sha256 } from './store-under-test.conformance.ts';
import type { StoreUnderTest } from './store-under-test.conformance.ts';

export function describeReading(suite: StoreUnderTest): void {
  describe('read', () => {
    it('gives any range, ends included', async () => {
      await suite.put('a', '0123456789');
      expect(await suite.read('a', { start: 0, end: 0 })).toEqual(Buffer.from('0'));
      expect(await suite.read('a', { start: 9, end: 9 })).toEqual(Buffer.from('9'));
      expect(await suite.read('a', { start: 3, end: 6 })).toEqual(Buffer.from('3456'));
      expect(await suite.read('a', { start: 0, end: 9 })).toEqual(Buffer.from('0123456789'));
    });

    it('gives the size of the whole object with a range', async () => {
      await suite.put('a', '0123456789');
      const part = await suite.store.read(BUCKET.name, 'a', { start: 3, end: 6 });
      expect(part?.object.sizeBytes).toBe(10);
      expect(await content(part)).toHaveLength(4);
    });

    it('gives ranges of a large object', async () => {
      const bytes = randomBytes(LARGE_BYTES);
      await suite.put('a', bytes);
      for (const start of [0, 65_535, 8_388_607, LARGE_BYTES - 100]) {
        const end = start + 99;
        expect(await suite.read('a', { start, end })).toEqual(bytes.subarray(start, end + 1));
      }
    });

    it('goes on with its version while the object is replaced, and while it is deleted', async () => {
      const first = randomBytes(LARGE_BYTES);
      const changes = [() => suite.put('a', 'second'), () => suite.store.delete(BUCKET.name, 'a')];
      for (const change of changes) {
        await suite.put('a', first);
        const reading = await suite.store.read(BUCKET.name, 'a');
        // A store may let the change wait for its readers, so it is not awaited before the bytes are read.
        const [bytes] = await Promise.all([content(reading), change()]);
        expect(sha256(bytes)).toBe(sha256(first));
      }
      expect(await suite.store.head(BUCKET.name, 'a')).toBeUndefined();
    });

    it('never gives the head of one version with the bytes of another', async () => {
      const versions = ['first', 'the second version', ''];
      await suite.put('a', 'first', { userMetadata: { text: 'first' } });
      const writing = Promise.all(versions.map((text) => suite.put('a', text, { userMetadata: { text } })));
      for (let round = 0; round < 20; round += 1) {
        const reading = await suite.store.read(BUCKET.name, 'a');
        expect((await content(reading)).toString()).toBe(reading?.object.userMetadata['text']);
      }
      await writing;
    });

    it('may be abandoned', async () => {
      await suite.put('a', randomBytes(LARGE_BYTES));
      const reading = await suite.store.read(BUCKET.name, 'a');
      reading?.bytes.destroy();
      expect(await suite.read('a', { start: 0, end: 9 })).toHaveLength(10);
    });
  });

  describe('delete', () => {
    it('removes the object, once', async () => {
      await suite.put('a', 'text');
      await suite.put('ab', 'text');
      expect(await suite.store.delete(BUCKET.name, 'a')).toEqual({ outcome: 'deleted' });
      expect(await suite.store.delete(BUCKET.name, 'a')).toEqual({ outcome: 'missing' });
      expect(await suite.store.delete('oss-conformance-none', 'a')).toEqual({ outcome: 'missing' });
      expect(await suite.store.head(BUCKET.name, 'a')).toBeUndefined();
      expect((await suite.list()).keys).toEqual(['ab']);
    });
  });
}
