import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const query = { lifecycle: '' };
const rule = (actions: string, more = '<ID>r</ID><Prefix>p/</Prefix>'): string =>
  `<Rule>${more}<Status>Enabled</Status>${actions}</Rule>`;
const configuration = (...rules: string[]): string =>
  `<LifecycleConfiguration>${rules.join('')}</LifecycleConfiguration>`;
const expiration = (days: number): string => `<Expiration><Days>${days}</Days></Expiration>`;
const expirationBefore = (date: string): string =>
  `<Expiration><CreatedBeforeDate>${date}</CreatedBeforeDate></Expiration>`;
const transition = (days: number, storageClass: string): string =>
  `<Transition><Days>${days}</Days><StorageClass>${storageClass}</StorageClass></Transition>`;
const noncurrent = (days: number, storageClass: string): string =>
  `<NoncurrentVersionTransition><NoncurrentDays>${days}</NoncurrentDays><StorageClass>${storageClass}</StorageClass></NoncurrentVersionTransition>`;
const tag = (key: string, value: string): string => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`;

describe('lifecycle rules', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const put = (body: string, headers: Record<string, string> = {}) => emulator.send('PUT', { query, body, headers });

  it.each([
    [
      'an expiration by date before that of a transition, as SDKs send it',
      rule(
        `${expirationBefore('2020-02-17T00:00:00.000Z')}<Transition><CreatedBeforeDate>2020-02-18T00:00:00.000Z</CreatedBeforeDate><StorageClass>IA</StorageClass></Transition>`,
      ),
    ],
    [
      'three classes, each colder than the one before',
      rule(transition(1, 'IA') + transition(2, 'Archive') + transition(3, 'ColdArchive') + expiration(4)),
    ],
    ['the older name of the date', rule('<Expiration><Date>2016-12-25T00:00:00.000Z</Date></Expiration>')],
    [
      'the end of delete markers',
      rule('<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>', ''),
    ],
    ['tags of any length', rule(tag('k'.repeat(129), 'v'.repeat(257)) + expiration(1))],
    [
      'noncurrent versions',
      rule(
        `${noncurrent(10, 'IA')}<NoncurrentVersionExpiration><NoncurrentDays>20</NoncurrentDays></NoncurrentVersionExpiration>`,
      ),
    ],
  ])('may be for %s', async (_what, body) => {
    expect((await put(configuration(body))).status).toBe(200);
  });

  it.each<[string, string, string, string | undefined]>([
    ['no rule', configuration(), 'MalformedXML', undefined],
    ['no action', configuration(rule('')), 'MalformedXML', undefined],
    ['an unknown status', configuration(rule(expiration(1)).replace('Enabled', 'On')), 'MalformedXML', undefined],
    ['no days at all', configuration(rule('<Expiration/>')), 'MalformedXML', undefined],
    ['days that are none', configuration(rule(expiration(0))), 'MalformedXML', undefined],
    [
      'a time that is not midnight',
      configuration(rule(expirationBefore('2020-02-18T01:00:00.000Z'))),
      'MalformedXML',
      undefined,
    ],
    [
      'a day that does not exist',
      configuration(rule(expirationBefore('2020-13-01T00:00:00.000Z'))),
      'MalformedXML',
      undefined,
    ],
    [
      'both days and date',
      configuration(
        rule('<Expiration><Days>1</Days><CreatedBeforeDate>2020-02-18T00:00:00.000Z</CreatedBeforeDate></Expiration>'),
      ),
      'MalformedXML',
      '0014-00000061',
    ],
    [
      'a delete marker beside days',
      configuration(
        rule('<Expiration><Days>1</Days><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>'),
      ),
      'MalformedXML',
      undefined,
    ],
    [
      'days in one action and a date in another',
      configuration(rule(expirationBefore('2016-12-25T00:00:00.000Z') + transition(3, 'IA'))),
      'InvalidRequest',
      undefined,
    ],
    [
      'an end before the transition',
      configuration(rule(expiration(3) + transition(4, 'IA'))),
      'InvalidArgument',
      undefined,
    ],
    [
      'a colder class before a warmer one',
      configuration(rule(expiration(6) + transition(5, 'IA') + transition(2, 'Archive'))),
      'InvalidArgument',
      undefined,
    ],
    ['a class that nothing turns into', configuration(rule(transition(5, 'Standard'))), 'InvalidArgument', undefined],
    [
      'the same class twice',
      configuration(rule(noncurrent(10, 'IA') + noncurrent(10, 'IA'))),
      'InvalidArgument',
      undefined,
    ],
    [
      'tags on uploads',
      configuration(rule(`${tag('a', 'b')}<AbortMultipartUpload><Days>1</Days></AbortMultipartUpload>`)),
      'InvalidArgument',
      undefined,
    ],
    [
      'tags that OSS does not take',
      configuration(rule(tag('key1&amp;', 'b') + expiration(1))),
      'MalformedXML',
      undefined,
    ],
    // C++ SDK, LifecycleWithDuplicatedTagsTest.
    [
      'a tag that comes twice',
      configuration(rule(tag('a', '1') + tag('a', '2') + expiration(1))),
      'MalformedXML',
      undefined,
    ],
    ['values that OSS does not take', configuration(rule(tag('a', ')%') + expiration(1))), 'MalformedXML', undefined],
    [
      'an ID that is too long',
      configuration(rule(expiration(1), `<ID>${'i'.repeat(256)}</ID>`)),
      'MalformedXML',
      undefined,
    ],
    [
      'an ID that is there twice',
      configuration(rule(expiration(1)), rule(expiration(1), '<ID>r</ID><Prefix>q</Prefix>')),
      'InvalidArgument',
      '0014-00000020',
    ],
    [
      'access times that nobody records',
      configuration(
        rule('<Transition><Days>1</Days><StorageClass>IA</StorageClass><IsAccessTime>true</IsAccessTime></Transition>'),
      ),
      'MalformedXML',
      undefined,
    ],
    [
      'two exceptions',
      configuration(
        rule(`<Filter><Not><Prefix>a</Prefix></Not><Not><Prefix>b</Prefix></Not></Filter>${expiration(1)}`),
      ),
      'MalformedXML',
      undefined,
    ],
  ])('are refused with %s', async (_what, body, code, ec) => {
    const answer = await put(body);
    expect([answer.status, answer.element('Code'), answer.element('EC')]).toEqual([400, code, ec]);
  });

  it('may do the same to the same objects only when the request says so', async () => {
    const body = configuration(
      rule(expiration(3), '<ID>a</ID><Prefix>prefix1</Prefix>'),
      rule(expiration(4), '<ID>b</ID><Prefix>prefix1/prefix2</Prefix>'),
      rule(transition(2, 'IA'), '<ID>c</ID><Prefix>prefix1/</Prefix>'),
    );
    const refused = await put(body);
    expect([refused.status, refused.element('Code'), refused.element('Message')]).toEqual([
      400,
      'InvalidArgument',
      'Overlap for same action type Expiration',
    ]);
    expect((await put(body, { 'x-oss-allow-same-action-overlap': 'true' })).status).toBe(200);
    expect((await put(body.replace('<ID>b</ID>', `<ID>b</ID>${tag('a', 'b')}`))).status).toBe(200);
  });

  it('may share a prefix only when the request says so, whatever they do', async () => {
    const body = configuration(
      rule(expiration(2), '<ID>a</ID><Prefix>p</Prefix>'),
      rule(transition(1, 'IA'), '<ID>b</ID><Prefix>p</Prefix>'),
    );
    const refused = await put(body);
    expect([refused.status, ...['Code', 'Message', 'EC'].map(refused.element)]).toEqual([
      400,
      'InvalidRequest',
      'Found same prefix in different rules',
      '0014-00000085',
    ]);
    expect((await put(body, { 'x-oss-allow-same-action-overlap': 'true' })).status).toBe(200);
    expect((await put(body.replace('<ID>b</ID>', `<ID>b</ID>${tag('a', 'b')}`))).status).toBe(200);
  });

  it.each([
    ['a colder class earlier', transition(45, 'IA'), transition(40, 'Archive'), 400],
    ['a colder class at the same time', transition(45, 'Archive'), transition(45, 'ColdArchive'), 400],
    ['a warmer class later', transition(40, 'Archive'), transition(45, 'IA'), 400],
    ['an expiration before a transition', transition(45, 'IA'), expiration(30), 400],
    ['a colder class later', transition(40, 'IA'), transition(45, 'Archive'), 200],
    ['the same class earlier', transition(45, 'IA'), transition(40, 'IA'), 200],
    [
      'another kind of time',
      transition(45, 'IA'),
      '<Expiration><CreatedBeforeDate>2020-01-01T00:00:00Z</CreatedBeforeDate></Expiration>',
      200,
    ],
  ])('have for a longer prefix %s', async (_what, outer, inner, status) => {
    const rules = [
      rule(outer, '<ID>a</ID><Prefix>p</Prefix>'),
      rule(expiration(1), '<ID>b</ID><Prefix>other</Prefix>'),
      rule(expiration(365), '<ID>c</ID><Prefix>p/a</Prefix>'),
      rule(inner, '<ID>d</ID><Prefix>p/q</Prefix>'),
    ];
    const headers = { 'x-oss-allow-same-action-overlap': 'true' };
    const answer = await put(configuration(...rules), headers);
    expect([answer.status, answer.element('EC')]).toEqual([status, status === 200 ? undefined : '0014-00000082']);
    expect((await put(configuration(...rules.toReversed()), headers)).status).toBe(status);
    expect(
      (await put(configuration(...rules).replace('<ID>d</ID>', `<ID>d</ID>${tag('a', 'b')}`), headers)).status,
    ).toBe(200);
  });

  it('get an ID each, once and for all', async () => {
    await put(configuration(rule(expiration(1), '<Prefix>a</Prefix>'), rule(expiration(1), '<ID/><Prefix>b</Prefix>')));
    const got = await emulator.send('GET', { query });
    const ids = [...got.text.matchAll(/<ID>([0-9a-f-]{36})<\/ID>/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(2);
    expect((await emulator.send('GET', { query })).text).toBe(got.text);
  });

  it('are read and checked a thousand at a time', async () => {
    const rules = Array.from({ length: 1000 }, (_, index) => {
      const name = String(index).padStart(4, '0');
      return rule(expiration(1), `<ID>${name}</ID><Prefix>${name}/</Prefix>`);
    });
    expect((await put(configuration(...rules))).status).toBe(200);
    expect((await put(configuration(...rules, rule(expiration(1))))).element('ErrorDetail')).toBe(
      'LifecycleConfiguration has 1001 Rule; at most 1000 are allowed.',
    );
  });
});
