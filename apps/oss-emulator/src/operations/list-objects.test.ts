import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const KEYS = ['a&b.txt', 'dir/1', 'dir/2', 'dir/sub/3', 'e\u0001', 'z'];

describe('listings', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator({ accountId: '42' });
    for (const key of KEYS) {
      // oxlint-disable-next-line no-await-in-loop
      await emulator.send('PUT', { key, body: key });
    }
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const list = (query: Record<string, string> = {}, signature: 'V1' | 'V4' = 'V4') =>
    emulator.send('GET', { query, signature });
  const all = (xml: string, element: string) =>
    [...xml.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, 'g'))].map(([, text]) => text);

  describe.each([
    ['ListObjects', {}],
    ['ListObjectsV2', { 'list-type': '2' }],
  ])('%s', (_name, version: Record<string, string>) => {
    it('describes every object', async () => {
      const { text, element } = await list(version);
      expect(all(text, 'Key')).toEqual(['a&amp;b.txt', 'dir/1', 'dir/2', 'dir/sub/3', 'e&#1;', 'z']);
      expect([element('Type'), element('Size'), element('StorageClass')]).toEqual(['Normal', '7', 'Standard']);
      expect(element('ETag')).toMatch(/^"[0-9A-F]{32}"$/);
      expect(element('LastModified')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
      expect([element('IsTruncated'), element('MaxKeys'), element('Prefix')]).toEqual(['false', '100', '']);
    });

    it('rolls up what a delimiter separates, inside a prefix', async () => {
      const { text } = await list({ ...version, delimiter: '/' });
      expect(all(text, 'Key')).toEqual(['a&amp;b.txt', 'e&#1;', 'z']);
      expect(all(text, 'Prefix')).toEqual(['', 'dir/']);
      const inside = await list({ ...version, delimiter: '/', prefix: 'dir/' });
      expect(all(inside.text, 'Key')).toEqual(['dir/1', 'dir/2']);
      expect(all(inside.text, 'Prefix')).toEqual(['dir/', 'dir/sub/']);
    });

    it('percent-encodes every name when asked to', async () => {
      const { text, element } = await list({ ...version, 'encoding-type': 'url', delimiter: '/', prefix: 'dir/' });
      expect(element('EncodingType')).toBe('url');
      expect(all(text, 'Key')).toEqual(['dir%2F1', 'dir%2F2']);
      expect(all(text, 'Prefix')).toEqual(['dir%2F', 'dir%2Fsub%2F']);
      expect(element('Delimiter')).toBe('%2F');
      const control = await list({ ...version, 'encoding-type': 'url', prefix: 'e' });
      expect(all(control.text, 'Key')).toEqual(['e%01']);
    });

    it.each([
      [{ 'max-keys': '0' }, 'max-keys'],
      [{ 'max-keys': '1001' }, 'max-keys'],
      [{ 'max-keys': '-1' }, 'max-keys'],
      [{ 'max-keys': 'many' }, 'max-keys'],
      [{ 'encoding-type': 'xml' }, 'encoding-type'],
    ])('refuses %j', async (query, argument) => {
      const response = await list({ ...version, ...query });
      expect([response.status, response.element('ArgumentName')]).toEqual([400, argument]);
    });

    it('says that the bucket does not exist', async () => {
      const response = await emulator.send('GET', { bucket: 'not-there', query: version });
      expect([response.status, response.element('BucketName')]).toEqual([404, 'not-there']);
    });
  });

  it('ListObjects gives owners, and pages by marker, a rolled-up prefix counting once', async () => {
    const seen: string[] = [];
    let marker: string | undefined = '';
    let owner: string | undefined;
    for (let page = 0; marker !== undefined && page < 10; page += 1) {
      // oxlint-disable-next-line no-await-in-loop
      const { text, element } = await list({ marker, 'max-keys': '2', delimiter: '/', 'encoding-type': 'url' }, 'V1');
      seen.push(...all(text, 'Key').map(String), ...all(text, 'CommonPrefixes').map(String));
      owner ??= element('ID');
      const next = element('NextMarker');
      expect(next !== undefined).toBe(element('IsTruncated') === 'true');
      marker = next === undefined ? undefined : decodeURIComponent(next);
    }
    expect(seen.filter((name) => !name.includes('Prefix'))).toEqual(['a%26b.txt', 'e%01', 'z']);
    expect(owner).toBe('42');
  });

  it('ListObjectsV2 pages by token, counts keys and prefixes, and gives owners only when asked', async () => {
    const first = await list({ 'list-type': '2', 'max-keys': '2', delimiter: '/' });
    expect([first.element('KeyCount'), first.element('IsTruncated'), first.element('Owner')]).toEqual([
      '2',
      'true',
      undefined,
    ]);
    const token = first.element('NextContinuationToken')!;
    const more = { delimiter: '/', 'continuation-token': token, 'start-after': 'zz', 'fetch-owner': 'true' };
    const next = await list({ 'list-type': '2', ...more });
    expect(next.element('ContinuationToken')).toBe(token);
    expect(all(next.text, 'Key')).toEqual(['e&#1;', 'z']);
    expect([next.element('DisplayName'), next.element('NextContinuationToken')]).toEqual(['42', undefined]);
  });

  it('ListObjectsV2 starts after a name, and refuses a token it did not give', async () => {
    expect(all((await list({ 'list-type': '2', 'start-after': 'dir/2' })).text, 'Key')).toEqual([
      'dir/sub/3',
      'e&#1;',
      'z',
    ]);
    const refused = await list({ 'list-type': '2', 'continuation-token': '?!' });
    expect([refused.status, refused.element('ArgumentName')]).toEqual([400, 'continuation-token']);
  });
});
