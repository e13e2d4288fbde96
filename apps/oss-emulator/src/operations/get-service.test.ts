import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const BUCKETS = ['list-a', 'list-b', 'list-c', 'other-d'];

describe('operations on the service', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    for (const bucket of BUCKETS) {
      // oxlint-disable-next-line no-await-in-loop
      await emulator.send('PUT', { bucket });
    }
    await tag('list-a', { env: 'test', team: 'x' });
    await tag('list-b', { env: 'test' });
    await tag('other-d', { env: 'live' });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const tag = async (bucket: string, tags: Record<string, string>): Promise<void> => {
    const elements = Object.entries(tags).map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`);
    const body = `<Tagging><TagSet>${elements.join('')}</TagSet></Tagging>`;
    expect((await emulator.send('PUT', { bucket, query: { tagging: '' }, body })).status).toBe(200);
  };
  const putInGroup = async (bucket: string, group: string): Promise<void> => {
    const body = `<BucketResourceGroupConfiguration><ResourceGroupId>${group}</ResourceGroupId></BucketResourceGroupConfiguration>`;
    expect((await emulator.send('PUT', { bucket, query: { resourceGroup: '' }, body })).status).toBe(200);
  };
  const list = (query: Record<string, string>, headers: Record<string, string> = {}) =>
    emulator.send('GET', { bucket: '', query, headers });
  const names = async (query: Record<string, string>, headers: Record<string, string> = {}) =>
    [...(await list(query, headers)).text.matchAll(/<Name>(.*?)<\/Name>/g)].map(([, name]) => name);

  it.each<[Record<string, string>, readonly string[]]>([
    [{ prefix: 'list-' }, ['list-a', 'list-b', 'list-c']],
    [{ prefix: 'list-', marker: 'list-a' }, ['list-b', 'list-c']],
    [{ prefix: 'none' }, []],
    [{ marker: 'list-bb', 'max-keys': '2' }, ['list-c', 'other-d']],
    [{ 'tag-key': 'env' }, ['list-a', 'list-b', 'other-d']],
    [{ 'tag-key': 'env', 'tag-value': 'test' }, ['list-a', 'list-b']],
    [{ tagging: '"env":"test","team":"x"' }, ['list-a']],
    [{ tagging: '"env":"live"', prefix: 'list-' }, []],
    [{ tagging: 'env:test,team:x' }, ['list-a']],
    [{ tagging: 'k:v' }, []],
  ])('ListBuckets of %j has the buckets that match, in order', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('ListBuckets pages over what the tags leave', async () => {
    const query = { 'tag-key': 'env', 'max-keys': '2' };
    const first = await list(query);
    expect([first.element('IsTruncated'), first.element('NextMarker'), first.element('MaxKeys')]).toEqual([
      'true',
      'list-b',
      '2',
    ]);
    expect(await names({ ...query, marker: 'list-b' })).toEqual(['other-d']);
    expect((await list({ ...query, marker: 'list-b' })).element('IsTruncated')).toBe('false');
  });

  it("ListBuckets shows a bucket's tags", async () => {
    const answer = await list({ prefix: 'list-b' });
    expect([answer.element('Key'), answer.element('Value')]).toEqual(['env', 'test']);
    expect((await list({ prefix: 'list-c' })).element('Tagging')).toBeUndefined();
  });

  it('ListBuckets keeps to a resource group', async () => {
    await putInGroup('list-c', 'rg-acfmxh4em5jncda');
    expect(await names({}, { 'x-oss-resource-group-id': 'rg-acfmxh4em5jncda' })).toEqual(['list-c']);
    expect(await names({ prefix: 'list-' }, { 'x-oss-resource-group-id': 'rg-default-id' })).toEqual([
      'list-a',
      'list-b',
    ]);
  });

  it.each([
    ['rg-acfmxh4em5jncda', 'rg-acfmxh4em5jncda', 'list-c'],
    ['', 'rg-default-id', 'list-a'],
  ])('ListBuckets of the group "%s" shows %s at each bucket', async (group, shown, first) => {
    await putInGroup('list-c', 'rg-acfmxh4em5jncda');
    const answer = await list({ prefix: 'list-' }, { 'x-oss-resource-group-id': group });
    expect([answer.element('ResourceGroupId'), answer.element('Name')]).toEqual([shown, first]);
    expect(answer.text).not.toContain(first === 'list-c' ? 'list-a' : 'list-c');
  });

  it('ListBuckets shows no groups to a request that names none', async () => {
    await putInGroup('list-c', 'rg-acfmxh4em5jncda');
    const answer = await list({ prefix: 'list-' });
    expect([answer.element('Name'), answer.element('ResourceGroupId')]).toEqual(['list-a', undefined]);
  });

  it.each<Record<string, string>>([
    { 'max-keys': '0' },
    { 'max-keys': '1001' },
    { 'max-keys': 'many' },
    { prefix: 'BucketName' },
    { 'tag-value': 'v' },
    { tagging: 'k=v' },
  ])('ListBuckets of %j is InvalidArgument', async (query) => {
    const refused = await list(query);
    expect([refused.status, refused.element('Code')]).toEqual([400, 'InvalidArgument']);
  });

  it('nobody lists buckets without a signature', async () => {
    expect((await emulator.send('GET', { bucket: '', signature: 'none' })).status).toBe(403);
  });

  it.each(['oss-cn-hangzhou', 'oss-cn-chengdu'])('DescribeRegions of %s answers its endpoints', async (region) => {
    const answer = await list({ regions: region });
    expect(answer.status).toBe(200);
    expect(['Region', 'InternetEndpoint', 'InternalEndpoint', 'AccelerateEndpoint'].map(answer.element)).toEqual([
      region,
      `${region}.aliyuncs.com`,
      `${region}-internal.aliyuncs.com`,
      'oss-accelerate.aliyuncs.com',
    ]);
    expect(answer.text.match(/<RegionInfo>/g)).toHaveLength(1);
  });

  it("DescribeRegions answers OSS's regions, and the emulator's own once", async () => {
    const answered = async (test: TestEmulator, region: string) => {
      const { text } = await test.send('GET', { bucket: '', region, query: { regions: '' } });
      return [...text.matchAll(/<Region>(.*?)<\/Region>/g)].map(([, name]) => name);
    };
    const regions = await answered(emulator, 'cn-hangzhou');
    expect(regions).toEqual(expect.arrayContaining(['oss-cn-hangzhou', 'oss-cn-chengdu', 'oss-us-west-1']));
    expect(new Set(regions).size).toBe(regions.length);
    await using elsewhere = await startTestEmulator({ region: 'moon-1' });
    expect(await answered(elsewhere, 'moon-1')).toEqual([...regions, 'oss-moon-1']);
  });

  it('DescribeRegions can be signed with V1 too, as the Python SDK does it', async () => {
    const answer = await emulator.send('GET', { bucket: '', query: { regions: '' }, signature: 'V1' });
    expect(answer.status).toBe(200);
  });

  it('DescribeRegions of another region is NoSuchRegion', async () => {
    const refused = await list({ regions: 'oss-moon' });
    expect([refused.status, refused.element('Code'), refused.element('Region')]).toEqual([
      404,
      'NoSuchRegion',
      'oss-moon',
    ]);
  });
});
