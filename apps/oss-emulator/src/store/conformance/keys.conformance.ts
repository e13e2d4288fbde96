import { describe, expect, it } from 'vitest';

import { compareUtf8 } from '../compare-utf8.ts';
import { StoreError } from '../store-error.ts';
import { BUCKET } from './store-under-test.conformance.ts';
import type { StoreUnderTest } from './store-under-test.conformance.ts';
import type { BackendLimits } from './backend-limits.conformance.ts';
import { AWKWARD_KEYS } from './awkward-keys.conformance.ts';

export function describeKeys(
  suite: StoreUnderTest,
  { refusedKeys = [], hidesKeysBelowObjects = false }: BackendLimits,
): void {
  describe('keys', () => {
    const keys = AWKWARD_KEYS.filter((key) => !refusedKeys.includes(key));

    it('keeps every key apart from every other, whatever is in it', { timeout: 30_000 }, async () => {
      for (const key of keys) {
        expect(await suite.put(key, `content of ${key}`)).toEqual({ outcome: 'committed' });
      }
      for (const key of keys) {
        expect(await suite.store.head(BUCKET.name, key)).toMatchObject({ bucket: BUCKET.name, key });
        expect((await suite.read(key)).toString()).toBe(`content of ${key}`);
      }
      expect((await suite.list()).keys).toEqual(keys.toSorted(compareUtf8));
      for (const key of keys) {
        expect(await suite.store.delete(BUCKET.name, key)).toEqual({ outcome: 'deleted' });
      }
      expect((await suite.list()).keys).toEqual([]);
    });

    it('keeps an object and objects that seem to lie below it', async () => {
      const names = ['a', 'a/b', 'a/b/c'];
      for (const key of names) {
        await suite.put(key, `content of ${key}`);
      }
      for (const key of names) {
        expect((await suite.read(key)).toString()).toBe(`content of ${key}`);
      }
      expect((await suite.list()).keys).toEqual(hidesKeysBelowObjects ? ['a'] : names);
    });

    it.each(refusedKeys)('refuses %.40j, which the backing store cannot hold', async (key) => {
      await expect(suite.put(key, 'text')).rejects.toThrow(StoreError);
      expect(await suite.store.head(BUCKET.name, key)).toBeUndefined();
      expect((await suite.list()).keys).toEqual([]);
    });
  });
}
