import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const KEYS = ['a', 'dir/one', 'dir/two', 'dir/two', 'e', 'ä', '\u{10000}', '\uFFFD'];

describe('ListMultipartUploads', () => {
  let emulator: TestEmulator;
  /** Keys by upload id. */
  const begun = new Map<string, string>();

  beforeAll(async () => {
    emulator = await startTestEmulator();
    for (const key of KEYS) {
      // One after the other: their ids tell their order.
      // oxlint-disable-next-line no-await-in-loop
      const response = await emulator.send('POST', { key, query: { uploads: '' } });
      begun.set(response.element('UploadId') ?? '', key);
    }
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const list = async (query = {}) => {
    const response = await emulator.send('GET', { query: { uploads: '', ...query } });
    const all = (name: string) => [...response.text.matchAll(new RegExp(`<${name}>(.*)</${name}>`, 'g'))];
    return {
      response,
      keys: all('Key').map(([, key]) => key),
      uploadIds: all('UploadId').map(([, uploadId = '']) => uploadId),
      prefixes: [...response.text.matchAll(/<CommonPrefixes>\s*<Prefix>(.*)<\/Prefix>/g)].map(([, prefix]) => prefix),
      next: {
        'key-marker': response.element('NextKeyMarker'),
        'upload-id-marker': response.element('NextUploadIdMarker'),
      },
      isTruncated: response.element('IsTruncated') === 'true',
    };
  };

  it('shows every upload by the UTF-8 bytes of its key, and says where it ends', async () => {
    const { response, keys, uploadIds, next, isTruncated } = await list();
    expect(keys).toEqual(['a', 'dir/one', 'dir/two', 'dir/two', 'e', 'ä', '\uFFFD', '\u{10000}']);
    expect(uploadIds.map((uploadId) => begun.get(uploadId))).toEqual(keys);
    expect(isTruncated).toBe(false);
    expect(next).toEqual({ 'key-marker': '\u{10000}', 'upload-id-marker': uploadIds.at(-1) });
    expect(response.text).toContain('<ListMultipartUploadsResult>');
    expect(response.element('MaxUploads')).toBe('1000');
    expect(response.element('StorageClass')).toBe('Standard');
    expect(response.element('Initiated')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
  });

  it.each([1, 2, 3])('shows each of them once in pages of %i, also where two uploads have one key', async (size) => {
    const seen: string[] = [];
    let page = await list({ 'max-uploads': size });
    while (page.isTruncated) {
      expect(page.uploadIds).toHaveLength(size);
      seen.push(...page.uploadIds);
      page = await list({ 'max-uploads': size, ...page.next });
    }
    seen.push(...page.uploadIds);
    expect(seen).toEqual((await list()).uploadIds);
  });

  it('goes on behind the key, when no upload id is named', async () => {
    expect((await list({ 'key-marker': 'dir/two' })).keys[0]).toBe('e');
    expect((await list({ 'upload-id-marker': 'F'.repeat(32) })).keys).toHaveLength(KEYS.length);
  });

  it('rolls keys up to the delimiter, which counts as one entry, and goes on behind it', async () => {
    const first = await list({ delimiter: '/', 'max-uploads': 2 });
    expect([first.keys, first.prefixes, first.isTruncated]).toEqual([['a'], ['dir/'], true]);
    // Of the last upload that is rolled up.
    expect(first.next['key-marker']).toBe('dir/two');
    expect(begun.get(first.next['upload-id-marker'] ?? '')).toBe('dir/two');
    const second = await list({ delimiter: '/', ...first.next });
    expect([second.keys[0], second.prefixes]).toEqual(['e', []]);
    expect((await list({ delimiter: '/', 'key-marker': 'dir/' })).keys[0]).toBe('e');
    expect((await list({ prefix: 'dir/', delimiter: '/' })).keys).toEqual(['dir/one', 'dir/two', 'dir/two']);
  });

  it('encodes names when asked to', async () => {
    const { keys, response } = await list({ 'encoding-type': 'url', prefix: 'dir/', 'key-marker': 'dir/one' });
    expect(keys).toEqual(['dir%2Ftwo', 'dir%2Ftwo']);
    expect(response.element('KeyMarker')).toBe('');
    expect(response.element('NextKeyMarker')).toBe('dir%2Ftwo');
    expect(response.element('EncodingType')).toBe('url');
  });

  it.each([
    ['max-uploads', '0'],
    ['max-uploads', '1001'],
    ['max-uploads', 'all'],
    ['encoding-type', 'base64'],
  ])('refuses %s=%s', async (name, value) => {
    const { response } = await list({ [name]: value });
    expect([response.status, response.element('Code'), response.element('ArgumentName')]).toEqual([
      400,
      'InvalidArgument',
      name,
    ]);
  });

  it('is empty for a bucket without uploads, and NoSuchBucket without bucket', async () => {
    await emulator.send('PUT', { bucket: 'without-uploads' });
    const { text, element } = await emulator.send('GET', { bucket: 'without-uploads', query: { uploads: '' } });
    expect(text).not.toContain('<Upload>');
    expect([element('Bucket'), element('NextKeyMarker')]).toEqual(['without-uploads', '']);
    expect((await emulator.send('GET', { bucket: 'no-such-bucket', query: { uploads: '' } })).status).toBe(404);
  });

  it('knows nothing of uploads from before a reset', async () => {
    await using other = await startTestEmulator();
    await other.send('POST', { key: 'k', query: { uploads: '' } });
    await other.reset();
    await other.send('PUT');
    expect((await other.send('GET', { query: { uploads: '' } })).text).not.toContain('<Upload>');
    expect((await other.send('POST', { key: 'k', query: { uploads: '' } })).status).toBe(200);
    expect((await other.send('GET', { query: { uploads: '' } })).element('Bucket')).toBe(BUCKET);
  });
});
