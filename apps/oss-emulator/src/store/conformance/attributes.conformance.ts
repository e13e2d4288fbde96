import { describe, expect, it } from 'vitest';

import type { NewObject, ObjectChange } from '../object-store.ts';
import { BUCKET, LARGE_BYTES, newObject, sha256 } from './store-under-test.conformance.ts';
import type { StoreUnderTest } from './store-under-test.conformance.ts';

/** Every attribute that an object can be given. */
const ALL_ATTRIBUTES = {
  acl: 'public-read',
  tags: [
    ['z', 'last first'],
    ['a', ''],
    ['a+b:c/d', '图'],
  ],
  serverSideEncryption: { algorithm: 'KMS', dataEncryption: 'SM4', keyId: '9468da86-3509-4f8d-a61e-6eab1eac****' },
  restore: { readyAt: new Date('2026-03-01T01:02:04.500Z'), expiresAt: new Date('2026-03-02T01:02:04.500Z') },
  sealedTime: 'Wed, 07 May 2025 23:00:00 GMT',
  worm: { retention: { mode: 'COMPLIANCE', until: '2026-10-11T00:00:00.000Z' }, legalHold: true },
} as const satisfies ObjectChange;

export function describeAttributes(suite: StoreUnderTest): void {
  describe('attributes', () => {
    it('keeps every attribute that an object is committed with', async () => {
      const object: NewObject = {
        ...newObject('a'),
        ...ALL_ATTRIBUTES,
        objectType: 'Symlink',
        symlinkTarget: '图/a b?c',
      };
      await suite.put('a', 'text', object);
      expect(await suite.store.head(BUCKET.name, 'a')).toEqual({ ...object, sizeBytes: 4 });
    });

    it.each(['a', '图/a b+c%20?.txt'])('changes what it is told to and nothing else (%s)', async (key) => {
      await suite.put(key, 'text', { userMetadata: { note: '图' }, acl: 'private' });
      const expected = { ...newObject(key), userMetadata: { note: '图' }, ...ALL_ATTRIBUTES, sizeBytes: 4 };
      expect(await suite.store.updateObject(BUCKET.name, key, () => ALL_ATTRIBUTES)).toEqual(expected);
      expect(await suite.store.head(BUCKET.name, key)).toEqual(expected);
      expect((await suite.read(key)).toString()).toBe('text');
      expect((await suite.list()).keys).toEqual([key]);
    });

    it('takes away what is changed to undefined, and changes metadata and times too', async () => {
      await suite.put('a', 'text', { ...ALL_ATTRIBUTES, userMetadata: { note: 'old' } });
      const change: ObjectChange = {
        acl: undefined,
        tags: undefined,
        serverSideEncryption: undefined,
        restore: undefined,
        sealedTime: undefined,
        worm: undefined,
        contentType: 'text/plain',
        userMetadata: { other: 'new' },
        lastModified: new Date('2026-04-01T00:00:00Z'),
      };
      await suite.store.updateObject(BUCKET.name, 'a', () => change);
      expect(await suite.store.head(BUCKET.name, 'a')).toEqual({ ...newObject('a'), ...change, sizeBytes: 4 });
    });

    it('keeps the bytes of a large object while its attributes change', async () => {
      const bytes = Buffer.alloc(LARGE_BYTES, 'bytes ');
      await suite.put('a', bytes);
      const reading = suite.read('a');
      await suite.store.updateObject(BUCKET.name, 'a', () => ({ tags: [['a', '1']] }));
      expect(sha256(await reading)).toBe(sha256(bytes));
      expect(sha256(await suite.read('a'))).toBe(sha256(bytes));
    });

    it('tells the change what the object is, one change after the other', async () => {
      await suite.put('a', 'text', { userMetadata: { count: '0' } });
      const increase = () =>
        suite.store.updateObject(BUCKET.name, 'a', ({ userMetadata }) => ({
          userMetadata: { count: String(Number(userMetadata['count']) + 1) },
        }));
      await Promise.all(Array.from({ length: 5 }, increase));
      expect(await suite.store.head(BUCKET.name, 'a')).toMatchObject({ userMetadata: { count: '5' } });
    });

    it('changes nothing when the change throws, and passes the error on', async () => {
      await suite.put('a', 'text');
      const refused = suite.store.updateObject(BUCKET.name, 'a', () => {
        throw new RangeError('refused');
      });
      await expect(refused).rejects.toThrow(new RangeError('refused'));
      expect(await suite.store.head(BUCKET.name, 'a')).toEqual({ ...newObject('a'), sizeBytes: 4 });
    });

    it('changes no object that is not there', async () => {
      const never = () => {
        throw new RangeError('there is nothing to change');
      };
      expect(await suite.store.updateObject(BUCKET.name, 'none', never)).toBeUndefined();
      expect(await suite.store.updateObject('oss-conformance-none', 'a', never)).toBeUndefined();
    });

    it('gives an object that replaces another none of its attributes', async () => {
      await suite.put('a', 'text', ALL_ATTRIBUTES);
      await suite.put('a', 'text');
      expect(await suite.store.head(BUCKET.name, 'a')).toEqual({ ...newObject('a'), sizeBytes: 4 });
    });
  });
}
