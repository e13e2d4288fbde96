import { beforeEach, describe, expect, it } from 'vitest';

import { compareUtf8 } from '../compare-utf8.ts';
import { BUCKET } from './store-under-test.conformance.ts';
import type { StoreUnderTest } from './store-under-test.conformance.ts';

export function describeListing(suite: StoreUnderTest): void {
  describe('list', () => {
    const names = ['a', 'b/1', 'b/2', 'b/c/3', 'b/c/4', 'd', '图/1', '图/2', '😀'];

    beforeEach(async () => {
      await Promise.all(names.map((key) => suite.put(key, key)));
    });

    it('gives the same objects as head does', async () => {
      const page = await suite.store.list(BUCKET.name, { prefix: 'b/', delimiter: '/', startAfter: '', maxKeys: 10 });
      expect(page.objects).toEqual([
        await suite.store.head(BUCKET.name, 'b/1'),
        await suite.store.head(BUCKET.name, 'b/2'),
      ]);
      expect(page.commonPrefixes).toEqual(['b/c/']);
    });

    it('gives an empty page for a bucket or a prefix that is not there', async () => {
      const empty = { objects: [], commonPrefixes: [], nextStartAfter: undefined };
      const query = { prefix: '', delimiter: '', startAfter: '', maxKeys: 10 };
      expect(await suite.store.list('oss-conformance-none', query)).toEqual(empty);
      expect(await suite.store.list(BUCKET.name, { ...query, prefix: 'none' })).toEqual(empty);
      expect(await suite.store.list(BUCKET.name, { ...query, maxKeys: 0 })).toEqual(empty);
    });

    it.each([
      {},
      { delimiter: '/' },
      { delimiter: '/', prefix: 'b/' },
      { prefix: '图' },
      { delimiter: 'c', prefix: 'b' },
    ])('names everything once when read page by page (%o)', async (query) => {
      const whole = await suite.list(query);
      for (const maxKeys of [1, 2, 5]) {
        const seen: string[] = [];
        for (let startAfter: string | undefined = ''; startAfter !== undefined;) {
          const page = await suite.list({ ...query, maxKeys, startAfter });
          expect(page.keys.length + page.commonPrefixes.length).toBeLessThanOrEqual(maxKeys);
          seen.push(...page.keys, ...page.commonPrefixes);
          startAfter = page.nextStartAfter;
        }
        expect(seen.sort(compareUtf8)).toEqual([...whole.keys, ...whole.commonPrefixes].sort(compareUtf8));
      }
    });

    it('starts behind a name in the middle of a rolled-up prefix without naming the prefix again', async () => {
      const page = await suite.list({ delimiter: '/', startAfter: 'b/1' });
      expect(page).toEqual({ keys: ['d', '😀'], commonPrefixes: ['图/'], nextStartAfter: undefined });
    });
  });
}
