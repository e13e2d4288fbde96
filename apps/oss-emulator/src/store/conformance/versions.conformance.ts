import { beforeEach, describe, expect, it } from 'vitest';

import type { BucketVersioning, VersionQuery } from '../object-store.ts';
import type { BackendLimits } from './backend-limits.conformance.ts';
import { BUCKET, content, LARGE_BYTES, newObject, sha256 } from './store-under-test.conformance.ts';
import type { StoreUnderTest } from './store-under-test.conformance.ts';

const WHOLE: VersionQuery = { prefix: '', delimiter: '', keyMarker: '', versionIdMarker: '', maxKeys: 1_000 };

export function describeVersions(suite: StoreUnderTest, { marksOnlyObjects = false }: BackendLimits): void {
  const setVersioning = (versioning: BucketVersioning) =>
    suite.store.updateBucket(BUCKET.name, (bucket) => ({ ...bucket, versioning }));

  /** @returns the version id */
  async function put(key: string, bytes: string | Buffer): Promise<string> {
    const committed = await suite.put(key, bytes, { userMetadata: { of: String(bytes).slice(0, 20) } });
    expect(committed).toEqual({ outcome: 'committed', versionId: expect.any(String) });
    return 'versionId' in committed ? (committed.versionId ?? '') : '';
  }

  async function remove(key: string, versionId?: string): Promise<string> {
    const outcome = await suite.store.delete(BUCKET.name, key, versionId === undefined ? {} : { versionId });
    return 'versionId' in outcome ? (outcome.versionId ?? '') : '';
  }

  /** `key versionId`, with a star for a delete marker and an exclamation mark for the latest. */
  async function listed(query: Partial<VersionQuery> = {}): Promise<string[]> {
    const page = await suite.store.listVersions(BUCKET.name, { ...WHOLE, ...query });
    return page.versions.map(
      ({ object, isDeleteMarker, isLatest }) =>
        `${object.key} ${object.versionId}${isDeleteMarker ? '*' : ''}${isLatest ? '!' : ''}`,
    );
  }

  const bytesOf = async (key: string, versionId?: string) =>
    (await content(await suite.store.read(BUCKET.name, key, undefined, versionId))).toString();

  describe('a bucket without versioning', () => {
    it('names no version ids, and lists its objects as their only versions', async () => {
      expect(await suite.put('a', 'text')).toEqual({ outcome: 'committed' });
      expect(await suite.store.head(BUCKET.name, 'a')).not.toHaveProperty('versionId');
      expect(await suite.store.head(BUCKET.name, 'a', 'null')).toMatchObject({ key: 'a' });
      expect(await suite.store.head(BUCKET.name, 'a', ANY_VERSION)).toBeUndefined();
      const page = await suite.store.listVersions(BUCKET.name, WHOLE);
      expect(page.versions).toEqual([
        { object: await suite.store.head(BUCKET.name, 'a'), isDeleteMarker: false, isLatest: true },
      ]);
      expect(await suite.store.delete(BUCKET.name, 'a', { versionId: ANY_VERSION })).toEqual({ outcome: 'missing' });
      expect(await suite.store.delete(BUCKET.name, 'a', { versionId: 'null' })).toEqual({ outcome: 'deleted' });
    });
  });

  describe('versioning', () => {
    beforeEach(async () => {
      expect(await setVersioning('Enabled')).toMatchObject({ versioning: 'Enabled' });
    });

    it('keeps no version of an object that an append goes on from', async () => {
      const append = (etag: string, replaces: string | undefined) =>
        suite.put('log', etag, { etag }, { replaces: { etag: replaces } });
      const first = await append('FIRST', undefined);
      const second = await append('SECOND', 'FIRST');
      for (const appended of [first, second]) {
        expect(appended).toEqual({ outcome: 'committed', versionId: expect.stringMatching(/^CAE/) });
      }
      expect(await listed()).toEqual([`log ${'versionId' in second ? second.versionId : ''}!`]);
      expect(await bytesOf('log')).toBe('SECOND');
      await put('log', 'put');
      expect(await listed()).toHaveLength(2);
      await remove('log');
      expect(await append('AGAIN', undefined)).toMatchObject({ outcome: 'committed' });
      expect(await bytesOf('log')).toBe('AGAIN');
    });

    it('is kept with the bucket', async () => {
      expect(await suite.store.getBucket(BUCKET.name)).toEqual({ ...BUCKET, versioning: 'Enabled' });
      await setVersioning('Suspended');
      expect(await suite.store.getBucket(BUCKET.name)).toEqual({ ...BUCKET, versioning: 'Suspended' });
    });

    it('keeps every version of an object, whole', async () => {
      const large = Buffer.alloc(LARGE_BYTES, 'large ');
      const ids = [await put('a', 'first'), await put('a', large), await put('a', 'third')];
      expect(new Set(ids).size).toBe(3);
      expect(await bytesOf('a')).toBe('third');
      expect(await bytesOf('a', ids[0])).toBe('first');
      expect(sha256(await content(await suite.store.read(BUCKET.name, 'a', undefined, ids[1])))).toBe(sha256(large));
      expect(await suite.store.head(BUCKET.name, 'a', ids[0])).toEqual({
        ...newObject('a'),
        userMetadata: { of: 'first' },
        sizeBytes: 5,
        versionId: ids[0],
      });
      expect(await suite.store.head(BUCKET.name, 'a')).toMatchObject({ versionId: ids[2] });
      expect((await suite.list()).keys).toEqual(['a']);
      expect(await listed()).toEqual([`a ${ids[2]}!`, `a ${ids[1]}`, `a ${ids[0]}`]);
    });

    it('calls what was there before the version null, and keeps it', async () => {
      await setVersioning('Suspended');
      expect(await put('a', 'first')).toBe('null');
      await setVersioning('Enabled');
      const second = await put('a', 'second');
      expect(await listed()).toEqual([`a ${second}!`, 'a null']);
      expect(await bytesOf('a', 'null')).toBe('first');
      expect(await suite.store.head(BUCKET.name, 'a', 'null')).toMatchObject({ versionId: 'null' });
    });

    it('hides an object behind a delete marker, and shows it again when the marker is deleted', async () => {
      const id = await put('a', 'text');
      const marker = await suite.store.delete(BUCKET.name, 'a');
      expect(marker).toEqual({ outcome: 'deleted', versionId: expect.any(String), isDeleteMarker: true });
      expect(await suite.store.head(BUCKET.name, 'a')).toBeUndefined();
      expect(await suite.store.read(BUCKET.name, 'a')).toBeUndefined();
      expect((await suite.list()).keys).toEqual([]);
      expect(await bytesOf('a', id)).toBe('text');

      const markerId = 'versionId' in marker ? (marker.versionId ?? '') : '';
      expect(await listed()).toEqual([`a ${markerId}*!`, `a ${id}`]);
      expect(await suite.store.head(BUCKET.name, 'a', markerId)).toBeUndefined();
      expect(await suite.store.delete(BUCKET.name, 'a', { versionId: markerId })).toEqual(marker);
      expect(await bytesOf('a')).toBe('text');
      expect((await suite.list()).keys).toEqual(['a']);
      expect(await listed()).toEqual([`a ${id}!`]);
    });

    it('finds delete markers and nothing else', async () => {
      const id = await put('a', 'text');
      expect(await suite.store.findDeleteMarker(BUCKET.name, 'a')).toBeUndefined();
      const first = await remove('a');
      await put('a', 'text');
      const second = await remove('a');
      expect(await suite.store.findDeleteMarker(BUCKET.name, 'a')).toMatchObject({
        object: { key: 'a', versionId: second, lastModified: expect.any(Date) },
        isDeleteMarker: true,
        isLatest: true,
      });
      expect(await suite.store.findDeleteMarker(BUCKET.name, 'a', first)).toMatchObject({
        object: { versionId: first },
        isLatest: false,
      });
      expect(await suite.store.findDeleteMarker(BUCKET.name, 'a', id)).toBeUndefined();
      expect(await suite.store.findDeleteMarker(BUCKET.name, 'a', ANY_VERSION)).toBeUndefined();
      expect(await suite.store.findDeleteMarker(BUCKET.name, 'none')).toBeUndefined();
      expect(await suite.store.findDeleteMarker('oss-conformance-none', 'a')).toBeUndefined();
    });

    it('puts a delete marker where there is no object, too, or has that as a known limit', async () => {
      const markers = [await remove('none'), await remove('none')];
      expect(await listed()).toEqual(marksOnlyObjects ? [] : [`none ${markers[1]}*!`, `none ${markers[0]}*`]);
    });

    it('deletes nothing in a bucket that is not there', async () => {
      expect(await suite.store.delete('oss-conformance-none', 'a')).toEqual({ outcome: 'missing' });
    });

    it('removes one version for good, and makes the one behind it the current one', async () => {
      const ids = [await put('a', 'first'), await put('a', 'second'), await put('a', 'third')];
      const outcome = { outcome: 'deleted', versionId: ids[2] };
      expect(await suite.store.delete(BUCKET.name, 'a', { versionId: ids[2] })).toEqual(outcome);
      expect(await bytesOf('a')).toBe('second');
      await remove('a', ids[0]);
      expect(await listed()).toEqual([`a ${ids[1]}!`]);
      expect(await suite.store.delete(BUCKET.name, 'a', { versionId: ids[0] })).toEqual({ outcome: 'missing' });
      await remove('a', ids[1]);
      expect(await listed()).toEqual([]);
      expect((await suite.list()).keys).toEqual([]);
      expect(await suite.store.deleteBucket(BUCKET.name)).toBe('deleted');
    });

    it('lets no bucket be deleted that has versions or delete markers only', async () => {
      const id = await put('a', 'text');
      const marker = await remove('a');
      expect(await suite.store.deleteBucket(BUCKET.name)).toBe('not-empty');
      await remove('a', id);
      expect(await suite.store.deleteBucket(BUCKET.name)).toBe('not-empty');
      await remove('a', marker);
      expect(await suite.store.deleteBucket(BUCKET.name)).toBe('deleted');
    });

    it('replaces only the version null while it is suspended', async () => {
      const id = await put('a', 'first');
      await setVersioning('Suspended');
      expect(await put('a', 'second')).toBe('null');
      expect(await put('a', 'third')).toBe('null');
      expect(await listed()).toEqual(['a null!', `a ${id}`]);
      expect(await bytesOf('a')).toBe('third');
      expect(await remove('a')).toBe('null');
      expect(await listed()).toEqual(['a null*!', `a ${id}`]);
      expect(await put('a', 'fourth')).toBe('null');
      expect(await listed()).toEqual(['a null!', `a ${id}`]);
      await setVersioning('Enabled');
      const last = await put('a', 'fifth');
      await setVersioning('Suspended');
      expect(await put('a', 'sixth')).toBe('null');
      expect(await listed()).toEqual(['a null!', `a ${last}`, `a ${id}`]);
    });

    it('changes attributes of one version where it stands', async () => {
      const ids = [await put('a', 'first'), await put('a', 'second')];
      const [oldest = ''] = ids;
      const changed = await suite.store.updateObject(BUCKET.name, 'a', () => ({ tags: [['k', 'v']] }), oldest);
      expect(changed).toMatchObject({ versionId: oldest, tags: [['k', 'v']] });
      await suite.store.updateObject(BUCKET.name, 'a', ({ versionId }) => ({ tags: [['of', versionId ?? '']] }));
      expect(await listed()).toEqual([`a ${ids[1]}!`, `a ${ids[0]}`]);
      expect(await suite.store.head(BUCKET.name, 'a', oldest)).toEqual(changed);
      expect(await suite.store.head(BUCKET.name, 'a')).toMatchObject({ tags: [['of', ids[1]]] });
      expect([await bytesOf('a', ids[0]), await bytesOf('a')]).toEqual(['first', 'second']);
    });

    it('changes attributes of the version null, and of none that is not there', async () => {
      await setVersioning('Suspended');
      await put('a', 'first');
      await setVersioning('Enabled');
      const id = await put('a', 'second');
      await suite.store.updateObject(BUCKET.name, 'a', () => ({ acl: 'private' }), 'null');
      expect(await suite.store.head(BUCKET.name, 'a', 'null')).toMatchObject({ acl: 'private', versionId: 'null' });
      expect(await suite.store.head(BUCKET.name, 'a')).not.toHaveProperty('acl', 'private');
      expect(await listed()).toEqual([`a ${id}!`, 'a null']);
      const marker = await remove('a');
      for (const versionId of [undefined, marker, ANY_VERSION]) {
        expect(await suite.store.updateObject(BUCKET.name, 'a', () => ({}), versionId)).toBeUndefined();
      }
    });

    it('lists page by page as it lists the whole', async () => {
      for (const key of ['a', 'b/1', 'b/2', 'c', '图']) {
        await put(key, 'first');
        await put(key, 'second');
      }
      await remove('b/1');
      await remove('c');
      const whole = await listed();
      expect(whole).toHaveLength(12);
      expect(whole.map((line) => line.split(' ')[0])).toEqual([
        'a',
        'a',
        'b/1',
        'b/1',
        'b/1',
        'b/2',
        'b/2',
        'c',
        'c',
        'c',
        '图',
        '图',
      ]);
      for (const maxKeys of [1, 2, 5]) {
        expect(await pageByPage({ maxKeys })).toEqual(whole);
      }
      expect(await pageByPage({ maxKeys: 1, delimiter: '/' })).toEqual([...whole.slice(0, 2), 'b/', ...whole.slice(7)]);
      expect(await listed({ prefix: 'b/' })).toEqual(whole.slice(2, 7));
      expect(await listed({ keyMarker: 'b/2' })).toEqual(whole.slice(7));
      const empty = { versions: [], commonPrefixes: [], next: undefined };
      expect(await suite.store.listVersions('oss-conformance-none', WHOLE)).toEqual(empty);
      expect(await suite.store.listVersions(BUCKET.name, { ...WHOLE, prefix: 'none' })).toEqual(empty);
    });

    async function pageByPage(query: Partial<VersionQuery>): Promise<string[]> {
      const seen: string[] = [];
      let next: { keyMarker: string; versionIdMarker: string } | undefined = { keyMarker: '', versionIdMarker: '' };
      while (next !== undefined) {
        const page = await suite.store.listVersions(BUCKET.name, { ...WHOLE, ...query, ...next });
        const lines = await listed({ ...query, ...next });
        expect(lines.length + page.commonPrefixes.length).toBeLessThanOrEqual(query.maxKeys ?? 1_000);
        seen.push(...lines, ...page.commonPrefixes);
        next = page.next;
      }
      return seen;
    }
  });
}

/** Well-formed, and of no version. */
const ANY_VERSION = 'CAEQNRiBgMClj7qD0BYiIDQ5Y2QyMjc3NGZkODRlMTU5M2VkY2U3MWRiNGRhYjAx';
