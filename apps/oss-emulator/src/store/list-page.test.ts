import { describe, expect, it } from 'vitest';

import { compareUtf8 } from './compare-utf8.ts';
import { listPage } from './list-page.ts';
import type { ListQuery, StoredObject } from './object-store.ts';

const KEYS = [
  'a',
  'fun/',
  'fun/movie/001.avi',
  'fun/movie/007.avi',
  'fun/test.jpg',
  'oss.jpg',
  '图/1',
  '图/2',
  '😀',
].sort(compareUtf8);

describe('listPage', () => {
  it('gives everything in order when nothing is asked', () => {
    expect(list({})).toEqual({ keys: KEYS, commonPrefixes: [], nextStartAfter: undefined });
  });

  it('rolls up what follows the first delimiter behind the prefix', () => {
    expect(list({ delimiter: '/' })).toMatchObject({ keys: ['a', 'oss.jpg', '😀'], commonPrefixes: ['fun/', '图/'] });
    expect(list({ delimiter: '/', prefix: 'fun/' })).toMatchObject({
      keys: ['fun/', 'fun/test.jpg'],
      commonPrefixes: ['fun/movie/'],
    });
  });

  it('takes delimiters of more than one character', () => {
    expect(list({ delimiter: '/mov', prefix: 'f' })).toMatchObject({
      keys: ['fun/', 'fun/test.jpg'],
      commonPrefixes: ['fun/mov'],
    });
  });

  it('starts behind startAfter, which need not exist', () => {
    expect(list({ startAfter: 'fun/movie/003' }).keys[0]).toBe('fun/movie/007.avi');
    expect(list({ startAfter: 'fun/movie/007.avi' }).keys[0]).toBe('fun/test.jpg');
    expect(list({ startAfter: '😀' })).toEqual({ keys: [], commonPrefixes: [], nextStartAfter: undefined });
  });

  it('leaves out a rolled-up prefix that lies before startAfter, although names behind it are rolled up in it', () => {
    expect(list({ delimiter: '/', startAfter: 'fun/movie/' }).commonPrefixes).toEqual(['图/']);
  });

  it('counts objects and rolled-up prefixes together, and says where to go on only when there is more', () => {
    expect(list({ delimiter: '/', maxKeys: 2 })).toEqual({
      keys: ['a'],
      commonPrefixes: ['fun/'],
      nextStartAfter: 'fun/',
    });
    expect(list({ delimiter: '/', maxKeys: 5 }).nextStartAfter).toBeUndefined();
  });

  it('gives an empty last page when nothing may be listed', () => {
    expect(list({ maxKeys: 0 })).toEqual({ keys: [], commonPrefixes: [], nextStartAfter: undefined });
  });

  it.each([
    { delimiter: '', prefix: '' },
    { delimiter: '/', prefix: '' },
    { delimiter: '/', prefix: 'fun/' },
    { delimiter: 'm', prefix: '' },
  ])('names everything once when read page by page (%o)', (query) => {
    const whole = list(query);
    for (let maxKeys = 1; maxKeys <= KEYS.length; maxKeys += 1) {
      const seen = [];
      for (let startAfter: string | undefined = ''; startAfter !== undefined;) {
        const page = list({ ...query, maxKeys, startAfter });
        seen.push(...page.keys, ...page.commonPrefixes);
        startAfter = page.nextStartAfter;
      }
      expect(seen.sort(compareUtf8)).toEqual([...whole.keys, ...whole.commonPrefixes].sort(compareUtf8));
    }
  });
});

function list(query: Partial<ListQuery>) {
  const { objects, ...rest } = listPage(KEYS, (key) => ({ key }) as StoredObject, {
    prefix: '',
    delimiter: '',
    startAfter: '',
    maxKeys: 1_000,
    ...query,
  });
  return { keys: objects.map((object) => object.key), ...rest };
}
