import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { escapeXmlText } from '../xml.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('queries of the metadata of objects', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator({ now: () => new Date('2026-11-24T10:00:00Z') });
    const headers = {
      'x-oss-tagging': 'type=document&owner=John',
      'x-oss-meta-location': 'hangzhou',
      'x-oss-meta-b': '1',
    };
    await emulator.send('PUT', { key: 'docs/a<&>.txt', body: 'a'.repeat(30), headers });
    await emulator.send('PUT', { key: 'docs/b.txt', body: 'b'.repeat(20), headers: { 'x-oss-storage-class': 'IA' } });
    await emulator.send('PUT', {
      key: 'pictures/c.png',
      body: 'c'.repeat(10),
      headers: { 'x-oss-object-acl': 'private' },
    });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const ask = (method: string, query: Record<string, string>, body?: string) =>
    emulator.send(method, { query: { metaQuery: '', ...query }, ...(body !== undefined && { body }) });
  const open = (more = {}) => ask('POST', { comp: 'add', ...more });
  const status = () => ask('GET', {});
  const close = () => ask('POST', { comp: 'delete' });
  const run = (elements: string) => ask('POST', { comp: 'query' }, `<MetaQuery>${elements}</MetaQuery>`);
  const query = (condition: unknown) => `<Query>${escapeXmlText(JSON.stringify(condition))}</Query>`;
  const condition = (Field: string, Operation: string, Value: string) => ({ Field, Operation, Value });
  const names = (xml: string) => [...xml.matchAll(/<Filename>(.*?)<\/Filename>/g)].map(([, name]) => name);

  it('take a bucket that is open for them, once', async () => {
    for (const refused of [await status(), await run(query(condition('Size', 'gt', '1')))]) {
      expect([refused.status, refused.element('Code')]).toEqual([404, 'MetaQueryNotExist']);
    }
    expect((await open()).status).toBe(200);
    const again = await open({ mode: 'basic' });
    expect([again.status, again.element('Code')]).toEqual([409, 'MetaQueryAlreadyExist']);
    const running = await status();
    expect(['State', 'Phase', 'CreateTime', 'MetaQueryMode'].map(running.element)).toEqual([
      'Running',
      'IncrementalScanning',
      '2026-11-24T10:00:00.000Z',
      'basic',
    ]);
    for (const _time of [1, 2]) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await close()).status).toBe(200);
    }
    expect((await status()).element('Code')).toBe('MetaQueryNotExist');
    await open();
  });

  // PHP SDK v2, testBucketMetaQuery.
  it('are read with single quotes too', async () => {
    const quoted = await run("<Query>{'Field': 'Size','Value': '10','Operation': 'gt'}</Query>");
    const usual = await run(query(condition('Size', 'gt', '10')));
    expect([quoted.status, names(quoted.text)]).toEqual([200, names(usual.text)]);
    expect(names(usual.text)).not.toEqual([]);
    expect((await run("<Query>{'Field': 'Size'</Query>")).element('Code')).toBe('InvalidArgument');
  });

  it.each([
    [condition('Size', 'gt', '10'), ['docs/a&lt;&amp;&gt;.txt', 'docs/b.txt']],
    [condition('Size', 'lte', '10'), ['pictures/c.png']],
    [condition('Size', 'gt', '9'), ['docs/a&lt;&amp;&gt;.txt', 'docs/b.txt', 'pictures/c.png']],
    [condition('Filename', 'prefix', 'docs/'), ['docs/a&lt;&amp;&gt;.txt', 'docs/b.txt']],
    [condition('Filename', 'eq', 'docs/a<&>.txt'), ['docs/a&lt;&amp;&gt;.txt']],
    [condition('Filename', 'match', 'C.PNG'), ['pictures/c.png']],
    [condition('OSSStorageClass', 'eq', 'IA'), ['docs/b.txt']],
    [condition('ObjectACL', 'eq', 'private'), ['pictures/c.png']],
    [condition('OSSTagging.owner', 'eq', 'John'), ['docs/a&lt;&amp;&gt;.txt']],
    [condition('OSSTagging.Owner', 'eq', 'John'), []],
    [condition('OSSUserMeta.X-Oss-Meta-Location', 'eq', 'hangzhou'), ['docs/a&lt;&amp;&gt;.txt']],
    [
      condition('FileModifiedTime', 'lt', '2026-11-24T18:00:01+08:00'),
      ['docs/a&lt;&amp;&gt;.txt', 'docs/b.txt', 'pictures/c.png'],
    ],
    [condition('FileModifiedTime', 'gt', '2026-11-24T18:00:00+08:00'), []],
    [{ Operation: 'not', SubQueries: [condition('Size', 'eq', '20')] }, ['docs/a&lt;&amp;&gt;.txt', 'pictures/c.png']],
    [
      { Operation: 'or', SubQueries: [condition('Size', 'eq', '20'), condition('Size', 'eq', '10')] },
      ['docs/b.txt', 'pictures/c.png'],
    ],
    [
      {
        Operation: 'and',
        SubQueries: [
          condition('Size', 'lt', '30'),
          { Operation: 'not', SubQueries: [condition('Filename', 'prefix', 'docs')] },
        ],
      },
      ['pictures/c.png'],
    ],
  ])('find by %j', async (wanted, expected) => {
    const answer = await run(query(wanted));
    expect([answer.status, names(answer.text)]).toEqual([200, expected]);
    expect(answer.element('NextToken')).toBe('');
  });

  it('tell what each file is', async () => {
    const { element, text } = await run(query(condition('Size', 'eq', '30')));
    const fields = ['Size', 'FileModifiedTime', 'OSSObjectType', 'OSSStorageClass', 'ObjectACL', 'OSSTaggingCount'];
    expect(fields.map(element)).toEqual(['30', '2026-11-24T10:00:00.000Z', 'Normal', 'Standard', 'default', '2']);
    expect(element('ETag')).toMatch(/^"[0-9A-F]{32}"$/);
    expect([...text.matchAll(/<(Key|Value)>(.*?)</g)].map(([, , value]) => value)).toEqual([
      'owner',
      'John',
      'type',
      'document',
      'x-oss-meta-b',
      '1',
      'x-oss-meta-location',
      'hangzhou',
    ]);
  });

  it('are sorted, downwards unless told otherwise, and answered in pages', async () => {
    const sorted = async (elements: string) => names((await run(elements)).text).map((name = '') => name.at(-5));
    expect(await sorted('<Sort>Size</Sort>')).toEqual([';', 'b', 'c']);
    expect(await sorted('<Sort>Size</Sort><Order>asc</Order>')).toEqual(['c', 'b', ';']);
    expect(await sorted('<Sort>OSSStorageClass,Size</Sort><Order>asc,asc</Order>')).toEqual(['b', 'c', ';']);
    const page = (more: string) => run(`<MaxResults>2</MaxResults><Sort>Size</Sort>${more}`);
    const first = await page('');
    expect(names(first.text)).toHaveLength(2);
    const second = await page(`<NextToken>${first.element('NextToken')}</NextToken>`);
    expect([names(second.text), second.element('NextToken')]).toEqual([['pictures/c.png'], '']);
  });

  it('add fields up, without files', async () => {
    const all = ['min', 'max', 'sum', 'average', 'count', 'distinct'];
    const one = (field: string, operation: string) =>
      `<Aggregation><Field>${field}</Field><Operation>${operation}</Operation></Aggregation>`;
    const totals = await run(`<Aggregations>${all.map((operation) => one('Size', operation)).join('')}</Aggregations>`);
    expect([...totals.text.matchAll(/<Value>(.*?)</g)].map(([, value]) => value)).toEqual([
      '10',
      '30',
      '60',
      '20',
      '3',
      '3',
    ]);
    expect(totals.text).not.toContain('<Files>');
    const groups = await run(`<Aggregations>${one('OSSStorageClass', 'group')}</Aggregations>`);
    const found = [...groups.text.matchAll(/<Value>(.*?)<\/Value>\s*<Count>(.*?)</g)].map(([, value, count]) => [
      value,
      count,
    ]);
    expect(found).toEqual([
      ['Standard', '2'],
      ['IA', '1'],
    ]);
  });

  const nested = (depth: number): object =>
    depth === 0 ? condition('Size', 'gt', '1') : { Operation: 'and', SubQueries: [nested(depth - 1)] };
  it.each([
    ['Query', '<Query>Size</Query>'],
    ['Query', query([])],
    ['Query', query(condition('Colour', 'eq', 'red'))],
    ['Query', query(condition('Size', 'like', '1'))],
    ['Query', query({ Operation: 'and', SubQueries: [] })],
    ['Query', query(nested(6))],
    ['Query', query({ Operation: 'or', SubQueries: Array.from({ length: 101 }, () => condition('Size', 'gt', '1')) })],
    ['Sort', '<Sort>constructor</Sort>'],
    ['Order', '<Sort>Size</Sort><Order>up</Order>'],
    ['NextToken', '<NextToken>!</NextToken>'],
    ['Field', '<Aggregations><Aggregation><Field>x</Field><Operation>sum</Operation></Aggregation></Aggregations>'],
    [
      'Operation',
      '<Aggregations><Aggregation><Field>ETag</Field><Operation>sum</Operation></Aggregation></Aggregations>',
    ],
  ])('refuse a %s that is none: %s', async (name, elements) => {
    const refused = await run(elements);
    expect([refused.status, refused.element('Code'), refused.element('ArgumentName')]).toEqual([
      400,
      'InvalidArgument',
      name,
    ]);
  });

  it('are not for what a model would have to see', async () => {
    const refused = await open({ mode: 'semantic' });
    expect([refused.status, refused.element('Code'), refused.element('Message')]).toEqual([
      501,
      'NotImplemented',
      'OpenMetaQuery in the mode semantic is not implemented by this emulator.',
    ]);
    expect((await open({ mode: 'other' })).element('Code')).toBe('InvalidArgument');
  });
});
