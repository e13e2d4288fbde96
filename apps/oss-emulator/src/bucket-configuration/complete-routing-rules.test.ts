import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('a routing rule', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const redirect = async (elements: string) => {
    const rule = `<RoutingRule><RuleNumber>1</RuleNumber><Redirect>${elements}</Redirect></RoutingRule>`;
    const body = `<WebsiteConfiguration><RoutingRules>${rule}</RoutingRules></WebsiteConfiguration>`;
    expect((await emulator.send('PUT', { query: { website: '' }, body })).status).toBe(200);
    return emulator.send('GET', { query: { website: '' } });
  };

  it.each([
    ['neither', '', ['false', 'false']],
    ['PassQueryString', '<PassQueryString>true</PassQueryString>', ['true', 'false']],
    ['MirrorPassQueryString', '<MirrorPassQueryString>True</MirrorPassQueryString>', ['true', 'true']],
    [
      'both',
      '<PassQueryString>true</PassQueryString><MirrorPassQueryString>false</MirrorPassQueryString>',
      ['false', 'false'],
    ],
  ])('that mirrors and says %s is answered with both', async (_what, elements, expected) => {
    const got = await redirect(`<RedirectType>Mirror</RedirectType><MirrorURL>http://a/</MirrorURL>${elements}`);
    expect(['PassQueryString', 'MirrorPassQueryString'].map(got.element)).toEqual(expected);
    expect(got.element('MirrorURL')).toBe('http://a/');
  });

  it('that mirrors keeps what it says', async () => {
    const got = await redirect(
      '<RedirectType>Mirror</RedirectType><MirrorURL>http://a/</MirrorURL><MirrorPassOriginalSlashes>true</MirrorPassOriginalSlashes>' +
        '<MirrorFollowRedirect>false</MirrorFollowRedirect><MirrorCheckMd5>true</MirrorCheckMd5>',
    );
    expect(['MirrorPassOriginalSlashes', 'MirrorFollowRedirect', 'MirrorCheckMd5'].map(got.element)).toEqual([
      'true',
      'false',
      'true',
    ]);
  });

  it('without a RedirectType is External, and is given nothing of mirroring', async () => {
    const { element } = await redirect('<HostName>oss.aliyuncs.com</HostName>');
    expect(['RedirectType', 'HostName', 'MirrorPassQueryString'].map(element)).toEqual([
      'External',
      'oss.aliyuncs.com',
      undefined,
    ]);
  });
});
