import { describe, expect, it } from 'vitest';

import { compareUtf8 } from '../compare-utf8.ts';
import type { BucketRecord } from '../object-store.ts';
import { BUCKET, content } from './store-under-test.conformance.ts';
import type { StoreUnderTest } from './store-under-test.conformance.ts';

export function describeBuckets(suite: StoreUnderTest): void {
  describe('buckets', () => {
    it('keeps what it was told of a bucket', async () => {
      expect(await suite.store.getBucket(BUCKET.name)).toEqual(BUCKET);
    });

    it('changes nothing when the bucket exists', async () => {
      const other: BucketRecord = { ...BUCKET, acl: 'public-read', storageClass: 'IA', createdAt: new Date(0) };
      expect(await suite.store.createBucket(other)).toBe('exists');
      expect(await suite.store.getBucket(BUCKET.name)).toEqual(BUCKET);
    });

    it('knows no bucket that was not created', async () => {
      expect(await suite.store.getBucket('oss-conformance-none')).toBeUndefined();
      expect(await suite.store.deleteBucket('oss-conformance-none')).toBe('missing');
    });

    it('lists buckets in order of name', async () => {
      const names = ['oss-conformance-z', 'oss-conformance-a', 'oss-conformance-m'];
      for (const bucketName of names) {
        expect(await suite.store.createBucket({ ...BUCKET, name: bucketName })).toBe('created');
      }
      const listed = (await suite.store.listBuckets()).map((bucket) => bucket.name);
      const expected = [...names, BUCKET.name].sort(compareUtf8);
      expect(listed.filter((listedName) => expected.includes(listedName))).toEqual(expected);
    });

    it('changes a bucket and gives the record as it is then', async () => {
      await suite.put('a', 'text');
      const settings = { ...BUCKET.settings, tagging: '<Tagging>图\n</Tagging>', 'callback-policy': '{"a":"\\""}' };
      const changed: BucketRecord = { ...BUCKET, acl: 'private', settings };
      const update = suite.store.updateBucket(BUCKET.name, (bucket) => ({ ...bucket, acl: 'private', settings }));
      expect(await update).toEqual(changed);
      expect(await suite.store.getBucket(BUCKET.name)).toEqual(changed);
      expect((await suite.store.listBuckets()).find(({ name }) => name === BUCKET.name)).toEqual(changed);
      expect((await suite.list()).keys).toEqual(['a']);
    });

    it('loses none of many changes that are made at once', async () => {
      const names = Array.from({ length: 20 }, (_, index) => `setting-${index}`);
      const changes = names.map((name) =>
        suite.store.updateBucket(BUCKET.name, (bucket) => ({
          ...bucket,
          settings: { ...bucket.settings, [name]: 'set' },
        })),
      );
      await Promise.all(changes);
      const { settings = {} } = (await suite.store.getBucket(BUCKET.name)) ?? {};
      expect(Object.keys(settings).sort()).toEqual(['cors', ...names].sort());
    });

    it('keeps the bucket as it is when the change throws, and its name in any case', async () => {
      const update = suite.store.updateBucket(BUCKET.name, () => {
        throw new RangeError('refused');
      });
      await expect(update).rejects.toThrow(new RangeError('refused'));
      expect(await suite.store.getBucket(BUCKET.name)).toEqual(BUCKET);
      await suite.store.updateBucket(BUCKET.name, (bucket) => ({ ...bucket, name: 'oss-conformance-renamed' }));
      expect(await suite.store.getBucket(BUCKET.name)).toEqual(BUCKET);
      expect(await suite.store.getBucket('oss-conformance-renamed')).toBeUndefined();
    });

    it('changes no bucket that is not there, and makes none', async () => {
      expect(await suite.store.updateBucket('oss-conformance-none', (bucket) => bucket)).toBeUndefined();
      await suite.store.deleteBucket(BUCKET.name);
      expect(await suite.store.updateBucket(BUCKET.name, (bucket) => bucket)).toBeUndefined();
      expect(await suite.store.getBucket(BUCKET.name)).toBeUndefined();
    });

    it('deletes a bucket only when it is empty', async () => {
      await suite.put('a', 'text');
      expect(await suite.store.deleteBucket(BUCKET.name)).toBe('not-empty');
      await suite.store.delete(BUCKET.name, 'a');
      expect(await suite.store.deleteBucket(BUCKET.name)).toBe('deleted');
      expect(await suite.store.getBucket(BUCKET.name)).toBeUndefined();
    });

    it('gives a bucket that is created again after its deletion no objects', async () => {
      await suite.put('a', 'text');
      await suite.store.delete(BUCKET.name, 'a');
      await suite.store.deleteBucket(BUCKET.name);
      expect(await suite.store.createBucket(BUCKET)).toBe('created');
      expect((await suite.list()).keys).toEqual([]);
    });

    it('keeps the same key in two buckets apart', async () => {
      const other = { ...BUCKET, name: 'oss-conformance-other' };
      await suite.store.createBucket(other);
      await suite.put('a', 'one');
      await suite.put('a', 'two', { bucket: other.name });
      await suite.store.delete(BUCKET.name, 'a');
      expect(await content(await suite.store.read(other.name, 'a'))).toEqual(Buffer.from('two'));
    });
  });
}
