import { beforeEach, describe, expect, it } from 'vitest';
import { BUCKET } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const tagging = (...tags: readonly (readonly [string, string])[]): string =>
  `<Tagging><TagSet>${tags.map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`).join('')}</TagSet></Tagging>`;
const encryption = (elements: string): string =>
  `<ServerSideEncryptionRule><ApplyServerSideEncryptionByDefault>${elements}</ApplyServerSideEncryptionByDefault></ServerSideEncryptionRule>`;
const logging = (elements: string): string =>
  `<BucketLoggingStatus><LoggingEnabled>${elements}</LoggingEnabled></BucketLoggingStatus>`;
const website = (elements: string): string => `<WebsiteConfiguration>${elements}</WebsiteConfiguration>`;
const index = '<IndexDocument><Suffix>index.html</Suffix></IndexDocument>';

describe('a configuration of a bucket', () => {
  let emulator: TestEmulator;

  beforeEach(async () => {
    emulator = await startTestEmulator();
    return () => emulator[Symbol.asyncDispose]();
  });

  const put = (subresource: string, body: string) => emulator.send('PUT', { query: { [subresource]: '' }, body });
  const get = (subresource: string) => emulator.send('GET', { query: { [subresource]: '' } });

  it.each([
    ['encryption', encryption(''), 'MalformedXML', undefined],
    ['encryption', encryption('<SSEAlgorithm>DES</SSEAlgorithm>'), 'InvalidEncryptionAlgorithmError', '0005-00000003'],
    [
      'encryption',
      encryption('<SSEAlgorithm>AES256</SSEAlgorithm><KMSMasterKeyID>k</KMSMasterKeyID>'),
      'InvalidArgument',
      '0005-00000204',
    ],
    [
      'encryption',
      encryption('<SSEAlgorithm>KMS</SSEAlgorithm><KMSDataEncryption>AES</KMSDataEncryption>'),
      'InvalidDataEncryptionAlgorithmError',
      '0005-00000203',
    ],
    ['logging', logging('<TargetPrefix>p</TargetPrefix>'), 'MalformedXML', '0032-00000002'],
    ['logging', logging('<TargetBucket></TargetBucket>'), 'MalformedXML', '0032-00000003'],
    ['logging', logging('<TargetBucket>not-there</TargetBucket>'), 'InvalidTargetBucketForLogging', '0032-00000008'],
    [
      'logging',
      logging(`<TargetBucket>${BUCKET}</TargetBucket><LoggingRole>a role</LoggingRole>`),
      'InvalidArgument',
      '0032-00000014',
    ],
    [
      'httpsConfig',
      '<HttpsConfiguration><TLS><Enable>true</Enable></TLS></HttpsConfiguration>',
      'MalformedXML',
      undefined,
    ],
    ['website', website(''), 'MalformedXML', undefined],
    ['website', website('<IndexDocument><Suffix>a/b</Suffix></IndexDocument>'), 'InvalidArgument', undefined],
    ['website', website('<IndexDocument><Suffix></Suffix></IndexDocument>'), 'InvalidArgument', undefined],
    [
      'website',
      website(`${index}<ErrorDocument><Key>e</Key><HttpStatus>500</HttpStatus></ErrorDocument>`),
      'InvalidArgument',
      '0019-00000002',
    ],
    [
      'website',
      website(`${index}<RoutingRules><RoutingRule><RuleNumber>0</RuleNumber></RoutingRule></RoutingRules>`),
      'InvalidArgument',
      undefined,
    ],
    [
      'website',
      website(`<RoutingRules>${'<RoutingRule><RuleNumber>1</RuleNumber></RoutingRule>'.repeat(21)}</RoutingRules>`),
      'MalformedXML',
      undefined,
    ],
    ['tagging', tagging(['', 'v']), 'InvalidTag', '0010-00000219'],
    ['tagging', tagging(['k'.repeat(65), 'v']), 'InvalidTag', '0010-00000219'],
    ['tagging', tagging(['k', 'v'.repeat(129)]), 'InvalidTag', '0010-00000219'],
    ['tagging', tagging(['http://k', 'v']), 'InvalidTag', '0010-00000207'],
    ['tagging', tagging(['Aliyun-k', 'v']), 'InvalidTag', '0010-00000207'],
    ['tagging', tagging(['acs:k', 'v']), 'InvalidTag', '0010-00000002'],
    ['tagging', tagging(['k', 'a'], ['k', 'b']), 'RepeatedTags', undefined],
    [
      'tagging',
      tagging(...Array.from({ length: 21 }, (_none, number) => [`k${number}`, ''] as const)),
      'TooManyTags',
      undefined,
    ],
    [
      'requestPayment',
      '<RequestPaymentConfiguration><Payer>Me</Payer></RequestPaymentConfiguration>',
      'MalformedXML',
      undefined,
    ],
    [
      'accessmonitor',
      '<AccessMonitorConfiguration><Status>on</Status></AccessMonitorConfiguration>',
      'MalformedXML',
      undefined,
    ],
  ])('%s is refused: %s', async (subresource, body, code, ec) => {
    const before = (await get(subresource)).text.replaceAll(/<(RequestId|HostId)>.*?<\/\1>/g, '');
    const refused = await put(subresource, body);
    expect([refused.status, refused.element('Code'), refused.element('EC')]).toEqual([400, code, ec]);
    expect((await get(subresource)).text.replaceAll(/<(RequestId|HostId)>.*?<\/\1>/g, '')).toBe(before);
  });

  it('takes tags at their limits', async () => {
    const tags = Array.from(
      { length: 20 },
      (_none, number) => [`${'k'.repeat(62)}${number + 10}`, 'v'.repeat(128)] as const,
    );
    expect((await put('tagging', tagging(...tags))).status).toBe(200);
  });

  it('loses the tags that are named, or all', async () => {
    const keys = async () => [...(await get('tagging')).text.matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key]) => key);
    await put('tagging', tagging(['a', '1'], ['b', '2'], ['c', '3']));
    expect((await emulator.send('DELETE', { query: { tagging: 'a,c,not-there' } })).status).toBe(204);
    expect(await keys()).toEqual(['b']);
    expect((await emulator.send('DELETE', { query: { tagging: '' } })).status).toBe(204);
    expect(await keys()).toEqual([]);
  });

  it('has an access monitor that cannot end while lifecycle rules go by access time', async () => {
    const monitor = (status: string) =>
      put('accessmonitor', `<AccessMonitorConfiguration><Status>${status}</Status></AccessMonitorConfiguration>`);
    const rule =
      '<LifecycleConfiguration><Rule><ID>r</ID><Status>Enabled</Status><Transition><Days>30</Days><StorageClass>IA</StorageClass>' +
      '<IsAccessTime>true</IsAccessTime><ReturnToStdWhenVisit>true</ReturnToStdWhenVisit></Transition></Rule></LifecycleConfiguration>';
    expect((await monitor('Enabled')).status).toBe(200);
    expect((await put('lifecycle', rule)).status).toBe(200);
    expect((await monitor('Disabled')).element('Code')).toBe('AccessMonitorDisableNotAllowed');
    expect((await get('accessmonitor')).element('Status')).toBe('Enabled');
    await emulator.send('DELETE', { query: { lifecycle: '' } });
    expect((await monitor('Disabled')).status).toBe(200);
    expect((await get('accessmonitor')).element('Status')).toBe('Disabled');
  });

  it('says who pays', async () => {
    const body = (payer: string) =>
      `<RequestPaymentConfiguration><Payer>${payer}</Payer></RequestPaymentConfiguration>`;
    for (const payer of ['Requester', 'BucketOwner']) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await put('requestPayment', body(payer))).status).toBe(200);
      // oxlint-disable-next-line no-await-in-loop
      expect((await get('requestPayment')).element('Payer')).toBe(payer);
    }
  });

  it.each(['', '<MirrorURL>a/</MirrorURL>', '<MirrorURL>http://a</MirrorURL>', '<MirrorURL>http:///</MirrorURL>'])(
    'are refused where a rule mirrors from %j',
    async (url) => {
      const redirect = `<Redirect><RedirectType>Mirror</RedirectType>${url}</Redirect>`;
      const rules = `<RoutingRules><RoutingRule><RuleNumber>1</RuleNumber>${redirect}</RoutingRule></RoutingRules>`;
      const answer = await put('website', website(rules));
      expect([answer.status, ...['Code', 'ArgumentName'].map(answer.element)]).toEqual([
        400,
        'InvalidArgument',
        'MirrorURL',
      ]);
    },
  );

  it('takes True and False as the Python SDK writes them, and answers true and false as it reads them', async () => {
    const rule =
      '<RoutingRule><RuleNumber>1</RuleNumber><Redirect><RedirectType>Mirror</RedirectType><MirrorURL>http://a/b/</MirrorURL><MirrorCheckMd5>True</MirrorCheckMd5>' +
      '<MirrorPassQueryString>False</MirrorPassQueryString><MirrorHeaders><PassAll>True</PassAll></MirrorHeaders></Redirect></RoutingRule>';
    await put('website', website(`<RoutingRules>${rule}</RoutingRules>`));
    const got = await get('website');
    expect(['MirrorCheckMd5', 'MirrorPassQueryString', 'PassAll', 'RedirectType'].map(got.element)).toEqual([
      'true',
      'false',
      'true',
      'Mirror',
    ]);
    const block = (text: string) =>
      `<PublicAccessBlockConfiguration><BlockPublicAccess>${text}</BlockPublicAccess></PublicAccessBlockConfiguration>`;
    expect((await put('publicAccessBlock', block('True'))).status).toBe(200);
    expect((await get('publicAccessBlock')).element('BlockPublicAccess')).toBe('true');
    expect((await put('publicAccessBlock', block('yes'))).element('Code')).toBe('MalformedXML');
  });
});
