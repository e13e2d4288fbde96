import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('tags of an object', () => {
  let emulator: TestEmulator;
  const query = { tagging: '' };
  const tagging = (...tags: [key: string, value: string][]) =>
    `<Tagging><TagSet>${tags.map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`).join('')}</TagSet></Tagging>`;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  beforeEach(() => emulator.send('PUT', { key: 'k', body: 'bytes' }));
  afterAll(() => emulator[Symbol.asyncDispose]());

  it('are none until they are put, replaced as a whole, and taken away as a whole', async () => {
    expect(await tagsOf('k')).toEqual([]);
    const put = await emulator.send('PUT', { key: 'k', query, body: tagging(['b', '2'], ['a', ' ']) });
    expect([put.status, put.body.length]).toEqual([200, 0]);
    expect(await tagsOf('k')).toEqual(['b=2', 'a= ']);
    await emulator.send('PUT', { key: 'k', query, body: tagging(['c', '']) });
    expect(await tagsOf('k')).toEqual(['c=']);
    expect((await emulator.send('DELETE', { key: 'k', query })).status).toBe(204);
    expect(await tagsOf('k')).toEqual([]);
    await emulator.send('PUT', { key: 'k', query, body: tagging(['c', '']) });
    await emulator.send('PUT', { key: 'k', query, body: tagging() });
    expect(await tagsOf('k')).toEqual([]);
  });

  it('are counted in GET and HEAD, and change neither bytes nor time', async () => {
    const before = await emulator.send('HEAD', { key: 'k' });
    expect(before.headers['x-oss-tagging-count']).toBeUndefined();
    await emulator.send('PUT', { key: 'k', query, body: tagging(['a', '1'], ['b', '2']) });
    const after = await emulator.send('GET', { key: 'k' });
    expect(after.headers['x-oss-tagging-count']).toBe('2');
    expect([after.text, after.headers['last-modified']]).toEqual(['bytes', before.headers['last-modified']]);
    expect((await emulator.send('HEAD', { key: 'k' })).headers['x-oss-tagging-count']).toBe('2');
  });

  it.each([
    ['a=1&b=2', ['a=1', 'b=2']],
    ['a', ['a=']],
    ['a=', ['a=']],
    ['%2B-%3D._%3A%2F=a+b%20c', ['+-=._:/=a b c']],
    [`${encodeURIComponent('中文')}=${encodeURIComponent('é')}`, ['中文=é']],
  ])('come with an upload in the header x-oss-tagging (%s)', async (header, expected) => {
    await emulator.send('PUT', { key: 'tagged', body: 'b', headers: { 'x-oss-tagging': header } });
    expect(await tagsOf('tagged')).toEqual(expected);
  });

  it.each([
    ['a=b=c', '0010-00000219'],
    ['%zz=1', '0010-00000219'],
    ['a=1&a=2', '0010-00000217'],
  ])('refuses the header %.30s with EC %s, and stores nothing', async (header, ec) => {
    const response = await emulator.send('PUT', { key: 'no', body: 'b', headers: { 'x-oss-tagging': header } });
    expect([response.status, response.element('Code'), response.element('EC')]).toEqual([400, 'InvalidArgument', ec]);
    expect(response.element('ArgumentName')).toBe('x-oss-tagging');
    expect((await emulator.send('HEAD', { key: 'no' })).status).toBe(404);
  });

  // C++ SDK, ObjectTaggingTest: PutObjectWithUnsupportTagsTest, PutObjectWithGreaterThan10TagsTest.
  it.each([
    ['key1%26=value1&key2=value2', 'InvalidTag', 'The TagKey you have provided is invalid.'],
    ['=1', 'InvalidTag', 'The TagKey you have provided is invalid.'],
    ['a=1&', 'InvalidTag', 'The TagKey you have provided is invalid.'],
    [`${'k'.repeat(129)}=1`, 'InvalidTag', 'The TagKey you have provided is invalid.'],
    ['a=%21', 'InvalidTag', 'The TagValue you have provided is invalid.'],
    [`a=${'v'.repeat(257)}`, 'InvalidTag', 'The TagValue you have provided is invalid.'],
    [
      Array.from({ length: 11 }, (_, index) => `k${index}=1`).join('&'),
      'BadRequest',
      'Object tags cannot be greater than 10.',
    ],
  ])('refuses the tags of the header %.30s as those of a body: %s', async (header, code, message) => {
    const response = await emulator.send('PUT', { key: 'no', body: 'b', headers: { 'x-oss-tagging': header } });
    expect([response.status, response.element('Code'), response.element('Message')]).toEqual([400, code, message]);
    expect((await emulator.send('HEAD', { key: 'no' })).status).toBe(404);
  });

  it('takes ten tags of the longest keys and values', async () => {
    const tags = Array.from({ length: 10 }, (_, index): [string, string] => [
      String(index).padEnd(128, 'k'),
      'v'.repeat(256),
    ]);
    expect((await emulator.send('PUT', { key: 'k', query, body: tagging(...tags) })).status).toBe(200);
    expect(await tagsOf('k')).toEqual(tags.map((tag) => tag.join('=')));
  });

  it.each([
    [tagging(['', '1']), '0010-00000208'],
    [tagging(['k'.repeat(129), '1']), '0010-00000209'],
    [tagging(['a', '1'], ['a', '2']), '0010-00000210'],
    [tagging(['a!', '1']), '0010-00000212'],
    [tagging(['a', 'v'.repeat(257)]), '0010-00000217'],
    [tagging(['a', '!']), '0010-00000217'],
  ])('refuses the body %.60s with EC %s', async (body, ec) => {
    const response = await emulator.send('PUT', { key: 'k', query, body });
    expect([response.status, response.element('Code'), response.element('EC')]).toEqual([400, 'InvalidTag', ec]);
    expect(await tagsOf('k')).toEqual([]);
  });

  it('tells a key that comes twice, and eleven tags, in the words of OSS', async () => {
    const put = async (body: string) => {
      const response = await emulator.send('PUT', { key: 'k', query, body });
      return [response.element('Code'), response.element('Message')];
    };
    const eleven = Array.from({ length: 11 }, (_, index): [string, string] => [`k${index}`, '']);
    // C++ SDK, SetObjectWithDuplicatedTagsTest.
    expect(await put(tagging(['a', '1'], ['a', '2']))).toEqual([
      'InvalidTag',
      'Cannot provide multiple Tags with the same key.',
    ]);
    expect(await put(tagging(...eleven))).toEqual(['BadRequest', 'Object tags cannot be greater than 10.']);
  });

  it.each([
    '',
    '<Tagging/>',
    '<Tagging><TagSet><Tag><Value>1</Value></Tag></TagSet></Tagging>',
    '<Tagging><TagSet><Tog><Key>a</Key></Tog></TagSet></Tagging>',
    '<Tagging><TagSet/><TagSet/></Tagging>',
    '<Other><TagSet/></Other>',
  ])('refuses what is no tagging document: %s', async (body) => {
    expect((await emulator.send('PUT', { key: 'k', query, body })).element('Code')).toBe('MalformedXML');
  });

  it('are not there for an object that is not', async () => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      // oxlint-disable-next-line no-await-in-loop
      const response = await emulator.send(method, { key: 'none', query, body: tagging(['a', '1']) });
      expect(response.element('Code')).toBe('NoSuchKey');
    }
  });

  async function tagsOf(key: string): Promise<string[]> {
    const { text } = await emulator.send('GET', { key, query });
    expect(text).toMatch(/^<\?xml[^\n]*\n<Tagging>\s*<TagSet>[^]*<\/TagSet>\s*<\/Tagging>\s*$/);
    return [...text.matchAll(/<Key>(.*)<\/Key>\s*<Value>(.*)<\/Value>/g)].map(([, tag, value]) => `${tag}=${value}`);
  }
});
