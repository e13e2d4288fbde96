import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const KEYS = ['a', ' b', '中&<+', '\u0001'];
const md5 = (text: string): string => createHash('md5').update(text).digest('base64');
const deletion = (keys: readonly string[], quiet = false): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Delete><Quiet>${quiet}</Quiet>${keys
    .map((key) => `<Object><Key>${key.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</Key></Object>`)
    .join('')}</Delete>`;

describe('DeleteMultipleObjects', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const post = (body: string, headers: Record<string, string> = {}, query: Record<string, string> = {}) =>
    emulator.send('POST', { query: { delete: '', ...query }, body, headers });
  const status = async (key: string): Promise<number> => (await emulator.send('HEAD', { key })).status;
  const deletedKeys = (xml: string): string[] => [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key ?? '');

  it('deletes what is there, counts what is not, and names all of them, escaped', async () => {
    for (const key of [...KEYS, 'stays']) await emulator.send('PUT', { key, body: 'b' });
    const body = deletion([...KEYS, 'never there', 'a']);
    const response = await post(body, { 'content-md5': md5(body) });
    expect([response.status, response.headers['content-type']]).toEqual([200, 'application/xml']);
    expect(response.text).toContain('<DeleteResult>');
    expect(deletedKeys(response.text)).toEqual(['a', ' b', '中&amp;&lt;+', '&#1;', 'never there']);
    for (const key of KEYS) expect(await status(key)).toBe(404);
    expect(await status('stays')).toBe(200);
  });

  // C SDK 3.11.2, test_delete_objects_quiet: what stands behind the MD5 is its memory.
  it('looks at the first 16 of the 20 bytes that the C SDK calls a Content-MD5', async () => {
    const body = deletion(['never there']);
    const padded = (text: string) =>
      Buffer.concat([Buffer.from(md5(text), 'base64'), Buffer.from('0BCD')]).toString('base64');
    expect((await post(body, { 'content-md5': padded(body) })).status).toBe(200);
    expect((await post(body, { 'content-md5': padded('other') })).element('EC')).toBe('0017-00000503');
    const short = Buffer.from(md5(body), 'base64').subarray(0, 15).toString('base64');
    expect((await post(body, { 'content-md5': short })).element('EC')).toBe('0017-00000502');
  });

  it('answers nothing in quiet mode', async () => {
    await emulator.send('PUT', { key: 'a', body: 'b' });
    const response = await post(deletion(['a'], true));
    expect([response.status, response.text]).toEqual([200, '']);
    expect(await status('a')).toBe(404);
  });

  it.each([
    ['query', {}, { 'encoding-type': 'url' }],
    ['header', { 'encoding-type': 'url' }, {}],
  ])('encodes the names when the %s asks for it', async (_carrier, headers, query) => {
    const response = await post(deletion(['中 +']), headers, query);
    expect(response.element('EncodingType')).toBe('url');
    expect(deletedKeys(response.text)).toEqual(['%E4%B8%AD%20%2B']);
  });

  it.each([
    ['no XML', 'nonsense'],
    ['another document', '<Remove><Object><Key>stays</Key></Object></Remove>'],
    ['no object', deletion([])],
    ['an empty key', deletion(['stays', ''])],
    ['more than 1000 objects', deletion(Array.from({ length: 1001 }, () => 'stays'))],
    ['entities of its own', '<!DOCTYPE d [<!ENTITY e "stays">]><Delete><Object><Key>&e;</Key></Object></Delete>'],
  ])('refuses %s, and deletes nothing', async (_what, body) => {
    await emulator.send('PUT', { key: 'stays', body: 'b' });
    expect((await post(body)).element('Code')).toBe('MalformedXML');
    expect(await status('stays')).toBe(200);
  });

  it('refuses a wrong Content-MD5, an unreadable version id, too large a body and a bucket that is not there', async () => {
    await emulator.send('PUT', { key: 'stays', body: 'b' });
    expect((await post(deletion(['stays']), { 'content-md5': md5('other') })).element('EC')).toBe('0017-00000503');
    const version = '<Delete><Object><Key>stays</Key><VersionId>v</VersionId></Object></Delete>';
    expect((await post(version)).element('Code')).toBe('InvalidArgument');
    expect((await post(' '.repeat(2 * 1024 ** 2 + 1))).element('Code')).toBe('EntityTooLarge');
    const elsewhere = { bucket: 'not-there', query: { delete: '' }, body: deletion(['stays']) };
    expect((await emulator.send('POST', elsewhere)).element('Code')).toBe('NoSuchBucket');
    expect(await status('stays')).toBe(200);
  });
});
