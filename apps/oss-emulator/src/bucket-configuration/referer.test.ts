import { presignUrl } from '@oss-callback/oss-signing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, CREDENTIALS, REGION, sendPlain } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';
import { matchWildcards } from '../match-wildcards.ts';

const configuration = (allowEmpty: boolean, lists: string): string =>
  `<RefererConfiguration><AllowEmptyReferer>${String(allowEmpty)}</AllowEmptyReferer>${lists}</RefererConfiguration>`;
const allowed = (...patterns: string[]): string =>
  `<RefererList>${patterns.map((pattern) => `<Referer>${pattern}</Referer>`).join('')}</RefererList>`;

describe('hotlink protection', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    await emulator.send('PUT', { headers: { 'x-oss-acl': 'public-read' } });
    await emulator.send('PUT', { key: 'k', body: 'bytes' });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const protect = async (body: string): Promise<void> => {
    expect((await emulator.send('PUT', { query: { referer: '' }, body })).status).toBe(200);
  };
  const read = async (referer?: string) => {
    const headers: Record<string, string> = referer === undefined ? {} : { Referer: referer };
    return emulator.send('GET', { key: 'k', signature: 'none', headers });
  };

  it.each<[string | undefined, number]>([
    ['http://www.aliyun.com', 200],
    ['http://www.aliyun.com/', 200],
    ['http://www.aliyun.com/a/b.html?x=1', 200],
    ['HTTP://WWW.Aliyun.com/a', 200],
    ['https://www.aliyun.com/a', 403],
    ['http://www.aliyun.com.evil.example/', 403],
    ['https://x.help.example.com/a', 200],
    ['https://a1.example.org', 200],
    ['https://a12.example.org', 403],
    ['', 403],
    [undefined, 403],
  ])('by a white list that no empty Referer passes: %s is %i', async (referer, status) => {
    await protect(configuration(false, allowed('http://www.aliyun.com', '*.example.com', 'https://a?.example.org')));
    expect((await read(referer)).status).toBe(status);
  });

  it.each([
    [configuration(false, allowed('http://a.example')), undefined, '0003-00000501'],
    [configuration(true, allowed('http://a.example')), 'http://b.example/', '0003-00000503'],
    [
      configuration(
        true,
        `${allowed('http://*')}<RefererBlacklist><Referer>http://b.example</Referer></RefererBlacklist>`,
      ),
      'http://b.example/page',
      '0003-00000502',
    ],
  ])('says which rule refused (%#)', async (body, referer, ec) => {
    await protect(body);
    const answer = await read(referer);
    expect([answer.status, answer.element('Code'), answer.element('EC'), answer.element('Message')]).toEqual([
      403,
      'AccessDenied',
      ec,
      'You are denied by bucket referer policy.',
    ]);
  });

  it('lets everything pass when the lists are empty, and empty Referers when they may', async () => {
    await protect(configuration(false, '<RefererList/>'));
    expect([(await read()).status, (await read('http://any.example')).status]).toEqual([200, 200]);
    await protect(configuration(true, allowed('http://a.example')));
    expect([(await read()).status, (await read('http://b.example')).status]).toEqual([200, 403]);
  });

  it('is for presigned URLs too, and not for requests that are signed in a header', async () => {
    await protect(configuration(false, allowed('http://a.example')));
    expect((await emulator.send('GET', { key: 'k' })).status).toBe(200);
    const { host } = new URL(emulator.url);
    const credentials = CREDENTIALS;
    const parts = { method: 'GET', endpoint: emulator.url, addressing: 'path', bucket: BUCKET, key: 'k' } as const;
    const url = new URL(presignUrl({ ...parts, credentials, region: REGION, now: new Date(), expiresIn: 60 }).url);
    const path = `${url.pathname}${url.search}`;
    expect((await sendPlain(emulator.url, { method: 'GET', path })).status).toBe(403);
    const headers = { host, referer: 'http://a.example/page' };
    expect((await sendPlain(emulator.url, { method: 'GET', path, headers })).status).toBe(200);
  });

  it('must be told whether empty Referers pass', async () => {
    const answer = await emulator.send('PUT', {
      query: { referer: '' },
      body: '<RefererConfiguration><RefererList/></RefererConfiguration>',
    });
    expect([answer.element('Code'), answer.element('EC')]).toEqual(['MalformedXML', '0033-00000002']);
  });
});

describe('a pattern with wildcards', () => {
  it.each([
    ['', '', true],
    ['', '*', true],
    ['a', '', false],
    ['abc', 'a*c', true],
    ['abc', 'a?c', true],
    ['ac', 'a?c', false],
    ['aXbXc', 'a*b*c', true],
    ['aXbXcd', 'a*b*c', false],
    ['a.c', 'a.c', true],
    ['abc', 'a.c', false],
    ['aab', '*ab', true],
    ['abab', '*ab', true],
  ])('%j and %j: %s', (text, pattern, expected) => {
    expect(matchWildcards(pattern, text)).toBe(expected);
  });

  it('costs no more than text times pattern', () => {
    const startedAt = performance.now();
    expect(matchWildcards(`${'*a'.repeat(500)}b`, 'a'.repeat(30_000))).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
