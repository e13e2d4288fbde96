import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET_BODIES } from '../../test/bucket-rows.ts';
import { BUCKET } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

/** Elements without the blanks between them, so that a document can be written in one line. */
const compact = (xml: string): string =>
  xml
    .replace(/^<\?.*?\?>\s*/, '')
    .replaceAll(/>\s+</g, '><')
    .trim();

const website =
  '<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix><SupportSubDir>true</SupportSubDir><Type>0</Type></IndexDocument>' +
  '<ErrorDocument><Key>error.html</Key><HttpStatus>404</HttpStatus></ErrorDocument><RoutingRules><RoutingRule>' +
  '<RuleNumber>1</RuleNumber><Condition><KeyPrefixEquals>abc/</KeyPrefixEquals></Condition><Redirect>' +
  '<RedirectType>Mirror</RedirectType><MirrorHeaders><Pass>a</Pass><Pass>b</Pass></MirrorHeaders><MirrorURL>https://a/</MirrorURL></Redirect></RoutingRule></RoutingRules></WebsiteConfiguration>';
const websiteAnswer = website.replace(
  '<MirrorHeaders>',
  '<PassQueryString>false</PassQueryString><MirrorPassQueryString>false</MirrorPassQueryString><MirrorPassOriginalSlashes>false</MirrorPassOriginalSlashes>' +
    '<MirrorFollowRedirect>true</MirrorFollowRedirect><MirrorCheckMd5>false</MirrorCheckMd5><MirrorHeaders><PassAll>false</PassAll>',
);
const lifecycle =
  '<LifecycleConfiguration><Rule><ID>r</ID><Prefix> 日志&amp;/</Prefix><Status>Enabled</Status><Filter><ObjectSizeGreaterThan>500</ObjectSizeGreaterThan>' +
  '<Not><Prefix>x</Prefix></Not></Filter><Expiration><Days>30</Days></Expiration><Transition><Days>10</Days><StorageClass>IA</StorageClass></Transition>' +
  '<Transition><Days>20</Days><StorageClass>Archive</StorageClass></Transition></Rule></LifecycleConfiguration>';

describe('a stored configuration', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const put = (subresource: string, body: string, headers: Record<string, string> = {}) =>
    emulator.send('PUT', { query: { [subresource]: '' }, body, headers });
  const get = (subresource: string) => emulator.send('GET', { query: { [subresource]: '' } });
  const remove = (subresource: string) => emulator.send('DELETE', { query: { [subresource]: '' } });

  it.each([
    ['website', website, websiteAnswer],
    [
      'website',
      website.replace(
        /<WebsiteConfiguration>.*<RoutingRules>/,
        '<WebsiteConfiguration><IndexDocument><Suffix></Suffix></IndexDocument><ErrorDocument><Key></Key></ErrorDocument><RoutingRules>',
      ),
      websiteAnswer.replace(/<WebsiteConfiguration>.*<RoutingRules>/, '<WebsiteConfiguration><RoutingRules>'),
    ],
    ['lifecycle', lifecycle, lifecycle],
    [
      'cors',
      '<CORSConfiguration xmlns="http://doc.oss.example"><CORSRule><MaxAgeSeconds>5</MaxAgeSeconds><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin></CORSRule></CORSConfiguration>',
      '<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><MaxAgeSeconds>5</MaxAgeSeconds></CORSRule><ResponseVary>false</ResponseVary></CORSConfiguration>',
    ],
    [
      'referer',
      '<RefererConfiguration><AllowEmptyReferer>false</AllowEmptyReferer><RefererList><Referer>阿里云</Referer><Referer></Referer></RefererList></RefererConfiguration>',
      '<RefererConfiguration><AllowEmptyReferer>false</AllowEmptyReferer><AllowTruncateQueryString>true</AllowTruncateQueryString><TruncatePath>false</TruncatePath><RefererList><Referer>阿里云</Referer></RefererList></RefererConfiguration>',
    ],
    [
      'logging',
      `<BucketLoggingStatus><LoggingEnabled><TargetBucket>${BUCKET}</TargetBucket></LoggingEnabled></BucketLoggingStatus>`,
      `<BucketLoggingStatus><LoggingEnabled><TargetBucket>${BUCKET}</TargetBucket><TargetPrefix></TargetPrefix></LoggingEnabled></BucketLoggingStatus>`,
    ],
    ['logging', '<BucketLoggingStatus/>', '<BucketLoggingStatus></BucketLoggingStatus>'],
    [
      'encryption',
      '<ServerSideEncryptionRule><ApplyServerSideEncryptionByDefault><KMSDataEncryption>SM4</KMSDataEncryption><SSEAlgorithm>KMS</SSEAlgorithm><KMSMasterKeyID></KMSMasterKeyID></ApplyServerSideEncryptionByDefault></ServerSideEncryptionRule>',
      '<ServerSideEncryptionRule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>KMS</SSEAlgorithm><KMSDataEncryption>SM4</KMSDataEncryption></ApplyServerSideEncryptionByDefault></ServerSideEncryptionRule>',
    ],
    [
      'tagging',
      '<Tagging><TagSet><Tag><Value> v</Value><Key>k</Key></Tag></TagSet></Tagging>',
      '<Tagging><TagSet><Tag><Key>k</Key><Value> v</Value></Tag></TagSet></Tagging>',
    ],
    [
      'bucketArchiveDirectRead',
      '<ArchiveDirectReadConfiguration></ArchiveDirectReadConfiguration>',
      '<ArchiveDirectReadConfiguration><Enabled>false</Enabled></ArchiveDirectReadConfiguration>',
    ],
    [
      'resourceGroup',
      '<BucketResourceGroupConfiguration><ResourceGroupId></ResourceGroupId></BucketResourceGroupConfiguration>',
      '<BucketResourceGroupConfiguration><ResourceGroupId>rg-default-id</ResourceGroupId></BucketResourceGroupConfiguration>',
    ],
    [
      'responseHeader',
      '<ResponseHeaderConfiguration><Rule><HideHeaders><Header>Last-Modified</Header></HideHeaders><Filters><Operation>Put</Operation><Operation>GetObject</Operation></Filters><Name>n</Name></Rule></ResponseHeaderConfiguration>',
      '<ResponseHeaderConfiguration><Rule><Name>n</Name><Filters><Operation>Put</Operation><Operation>GetObject</Operation></Filters><HideHeaders><Header>Last-Modified</Header></HideHeaders></Rule></ResponseHeaderConfiguration>',
    ],
    [
      'qosInfo',
      '<QoSConfiguration><TotalUploadBandwidth>5</TotalUploadBandwidth><ExtranetUploadBandwidth>4</ExtranetUploadBandwidth></QoSConfiguration>',
      '<QoSConfiguration><TotalUploadBandwidth>5</TotalUploadBandwidth><IntranetUploadBandwidth>-1</IntranetUploadBandwidth><ExtranetUploadBandwidth>4</ExtranetUploadBandwidth><TotalDownloadBandwidth>-1</TotalDownloadBandwidth><IntranetDownloadBandwidth>-1</IntranetDownloadBandwidth><ExtranetDownloadBandwidth>-1</ExtranetDownloadBandwidth><TotalQps>-1</TotalQps><IntranetQps>-1</IntranetQps><ExtranetQps>-1</ExtranetQps></QoSConfiguration>',
    ],
    [
      'cors',
      '<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedHeader>X-OSS-Test</AllowedHeader><ExposeHeader>ETag</ExposeHeader></CORSRule></CORSConfiguration>',
      '<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedHeader>x-oss-test</AllowedHeader><ExposeHeader>ETag</ExposeHeader></CORSRule><ResponseVary>false</ResponseVary></CORSConfiguration>',
    ],
    [
      'encryption',
      '<ServerSideEncryptionRule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm><KMSDataEncryption>SM4</KMSDataEncryption></ApplyServerSideEncryptionByDefault></ServerSideEncryptionRule>',
      '<ServerSideEncryptionRule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></ServerSideEncryptionRule>',
    ],
    [
      'httpsConfig',
      '<HttpsConfiguration><TLS><Enable>true</Enable><TLSVersion>TLSv1.2</TLSVersion><TLSVersion>TLSv1.3</TLSVersion><TLSVersion>TLSv1.2</TLSVersion></TLS></HttpsConfiguration>',
      '<HttpsConfiguration><TLS><Enable>true</Enable><TLSVersion>TLSv1.2</TLSVersion><TLSVersion>TLSv1.3</TLSVersion></TLS></HttpsConfiguration>',
    ],
    [
      'processConfiguration',
      '<BucketProcessConfiguration><StyleDelimiters>/,-</StyleDelimiters><SourceFileProtect>Enabled</SourceFileProtect><SourceFileProtectSuffix>jpg,png</SourceFileProtectSuffix><CompliedHost>Img</CompliedHost></BucketProcessConfiguration>',
      '<BucketProcessConfiguration><CompliedHost>Img</CompliedHost><SourceFileProtect>Enabled</SourceFileProtect><SourceFileProtectSuffix>jpg,png</SourceFileProtectSuffix><StyleDelimiters>-,/</StyleDelimiters><Version>2</Version></BucketProcessConfiguration>',
    ],
    [
      'processConfiguration',
      '<BucketProcessConfiguration><CompliedHost>Both</CompliedHost><SourceFileProtect>Disabled</SourceFileProtect><SourceFileProtectSuffix>gif</SourceFileProtectSuffix><Version>3</Version></BucketProcessConfiguration>',
      '<BucketProcessConfiguration><CompliedHost>Both</CompliedHost><SourceFileProtect>Disabled</SourceFileProtect><SourceFileProtectSuffix></SourceFileProtectSuffix><StyleDelimiters></StyleDelimiters><Version>2</Version></BucketProcessConfiguration>',
    ],
    [
      'httpsConfig',
      '<HttpsConfiguration><TLS><Enable>true</Enable><TLSVersion>TLSv1.2</TLSVersion><TLSVersion>TLSv1.2</TLSVersion></TLS></HttpsConfiguration>',
      '<HttpsConfiguration><TLS><Enable>true</Enable><TLSVersion>TLSv1.2</TLSVersion></TLS></HttpsConfiguration>',
    ],
    [
      'userDefinedLogFieldsConfig',
      '<UserDefinedLogFieldsConfiguration><HeaderSet><header>h1</header><header>h2</header></HeaderSet><ParamSet><parameter>p</parameter></ParamSet></UserDefinedLogFieldsConfiguration>',
      '<UserDefinedLogFieldsConfiguration><HeaderSet><header>h1</header><header>h2</header></HeaderSet><ParamSet><parameter>p</parameter></ParamSet></UserDefinedLogFieldsConfiguration>',
    ],
  ])("%s is answered in OSS's order, with what OSS fills in", async (subresource, body, expected) => {
    const answer = await put(subresource, body);
    expect([answer.status, answer.body.length]).toEqual([200, 0]);
    const got = await get(subresource);
    expect([got.status, got.headers['content-type'], compact(got.text)]).toEqual([200, 'application/xml', expected]);
  });

  it.each([
    [
      'referer',
      '<AllowEmptyReferer>true</AllowEmptyReferer><AllowTruncateQueryString>true</AllowTruncateQueryString><TruncatePath>false</TruncatePath><RefererList></RefererList>',
    ],
    ['logging', ''],
    ['tagging', '<TagSet></TagSet>'],
    ['publicAccessBlock', '<BlockPublicAccess>false</BlockPublicAccess>'],
    ['requestPayment', '<Payer>BucketOwner</Payer>'],
    ['accessmonitor', '<Status>Disabled</Status>'],
    ['resourceGroup', '<ResourceGroupId>rg-default-id</ResourceGroupId>'],
    ['bucketArchiveDirectRead', '<Enabled>false</Enabled>'],
    [
      'processConfiguration',
      '<CompliedHost>Both</CompliedHost><SourceFileProtect>Disabled</SourceFileProtect><SourceFileProtectSuffix></SourceFileProtectSuffix><StyleDelimiters></StyleDelimiters><Version>2</Version>',
    ],
    ['qos', '<StorageCapacity>-1</StorageCapacity>'],
  ])('%s of a new bucket is what OSS has by default', async (subresource, expected) => {
    await using fresh = await startTestEmulator();
    const got = await fresh.send('GET', { query: { [subresource]: '' } });
    expect(got.status).toBe(200);
    expect(compact(got.text)).toMatch(new RegExp(`^<(\\w+)>${expected.replaceAll('/', '\\/')}</\\1>$`));
  });

  it.each([
    ['cors', 'NoSuchCORSConfiguration', '0034-00000001', 'The CORS Configuration does not exist.'],
    ['lifecycle', 'NoSuchLifecycle', undefined, 'No Row found in Lifecycle Table.'],
    ['website', 'NoSuchWebsiteConfiguration', undefined, 'The specified bucket does not have a website configuration.'],
    [
      'encryption',
      'NoSuchServerSideEncryptionRule',
      '0005-00000004',
      'The server side encryption configuration was not found.',
    ],
    ['qosInfo', 'NoSuchBucketQosInfo', undefined, 'The bucket does not have a QoS configuration.'],
    [
      'transferAcceleration',
      'NoSuchTransferAccelerationConfiguration',
      undefined,
      'The bucket you specified does not have transfer acceleration configuration.',
    ],
    [
      'userDefinedLogFieldsConfig',
      'NoSuchUserDefinedLogFieldsConfig',
      undefined,
      'The bucket does not have user defined log fields.',
    ],
  ])('%s is gone after its deletion, which may be repeated', async (subresource, code, ec, message) => {
    const name = `${subresource[0]?.toUpperCase()}${subresource.slice(1)}`;
    await put(subresource, BUCKET_BODIES[`PutBucket${name}`] ?? BUCKET_BODIES[`Put${name}`] ?? '');
    expect((await get(subresource)).status).toBe(200);
    for (const _time of [1, 2]) {
      const removed = await remove(subresource);
      expect([removed.status, removed.headers['content-length']]).toEqual([204, '0']);
    }
    const got = await get(subresource);
    expect([got.status, got.element('Code'), got.element('EC'), got.element('Message')]).toEqual([
      404,
      code,
      ec,
      message,
    ]);
    expect(got.element('BucketName')).toBe(BUCKET);
  });

  it('gives a bucket no more bandwidth than GetUserQosInfo says the account has', async () => {
    const account = await emulator.send('GET', { bucket: '', query: { qosInfo: '' } });
    // C++ SDK, GetUserQosInfoTest: only the total has a limit.
    for (const part of ['IntranetUploadBandwidth', 'ExtranetDownloadBandwidth', 'ExtranetQps']) {
      expect(account.element(part)).toBe('-1');
    }
    expect(account.element('TotalUploadBandwidth')).toBe('10');
    expect([account.status, account.element('Region')]).toEqual([200, 'oss-cn-hangzhou']);
    const limit = Number(account.element('TotalUploadBandwidth'));
    const share = (gigabits: number) =>
      put('qosInfo', `<QoSConfiguration><TotalUploadBandwidth>${gigabits}</TotalUploadBandwidth></QoSConfiguration>`);
    expect((await share(limit)).status).toBe(200);
    const refused = await share(limit + 1);
    expect([refused.status, refused.element('ArgumentName')]).toEqual([400, 'TotalUploadBandwidth']);
    expect((await get('qosInfo')).element('TotalUploadBandwidth')).toBe(String(limit));
  });

  it.each([
    ['nonsense', 'not-xml', 'The document is not well-formed.'],
    ['another document', '<RefererConfiguration/>', 'The document element must be RequestPaymentConfiguration.'],
    ['a missing element', '<RequestPaymentConfiguration/>', 'RequestPaymentConfiguration must have Payer.'],
    [
      'a wrong value',
      '<RequestPaymentConfiguration><Payer>requester</Payer></RequestPaymentConfiguration>',
      'Payer must be BucketOwner or Requester.',
    ],
    [
      'an element that is there twice',
      '<RequestPaymentConfiguration><Payer>Requester</Payer><Payer>Requester</Payer></RequestPaymentConfiguration>',
      'RequestPaymentConfiguration has 2 Payer; at most 1 are allowed.',
    ],
    [
      'a document type',
      '<!DOCTYPE a [<!ENTITY b "c">]><RequestPaymentConfiguration/>',
      'The document is not well-formed.',
    ],
  ])('is refused for %s, and the earlier one stays', async (_what, body, detail) => {
    await put('requestPayment', '<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>');
    const refused = await put('requestPayment', body);
    expect([refused.status, refused.element('Code'), refused.element('ErrorDetail')]).toEqual([
      400,
      'MalformedXML',
      detail,
    ]);
    expect((await get('requestPayment')).element('Payer')).toBe('Requester');
  });

  it('keeps elements that the emulator has not heard of, and steps over comments', async () => {
    const body =
      '<AccessMonitorConfiguration><!-- new --><AllowSmallSize><Bytes>1</Bytes></AllowSmallSize><Status>Enabled</Status></AccessMonitorConfiguration>';
    expect((await put('accessmonitor', body)).status).toBe(200);
    expect(compact((await get('accessmonitor')).text)).toBe(
      '<AccessMonitorConfiguration><Status>Enabled</Status><AllowSmallSize><Bytes>1</Bytes></AllowSmallSize></AccessMonitorConfiguration>',
    );
  });

  it('checks Content-MD5 and the size of the document', async () => {
    const body = BUCKET_BODIES['PutBucketCors'] ?? '';
    const md5 = createHash('md5').update(body).digest('base64');
    expect((await put('cors', body, { 'content-md5': md5 })).status).toBe(200);
    expect((await put('cors', `${body} `, { 'content-md5': md5 })).element('Code')).toBe('InvalidDigest');
    expect((await put('cors', ' '.repeat(1024 * 1024 + 1))).element('Code')).toBe('EntityTooLarge');
  });

  it.each(['cors', 'tagging', 'logging', 'publicAccessBlock', 'policy'])(
    '%s of no bucket is NoSuchBucket',
    async (name) => {
      for (const method of ['PUT', 'GET', 'DELETE']) {
        const answer = await emulator.send(method, {
          bucket: 'not-there',
          query: { [name]: '' },
          ...(method === 'PUT' && { body: '<x/>' }),
        });
        expect([answer.status, answer.element('Code'), answer.element('EC')]).toEqual([
          404,
          'NoSuchBucket',
          '0015-00000101',
        ]);
      }
    },
  );

  it('is for the owner only', async () => {
    const answer = await emulator.send('PUT', {
      query: { cors: '' },
      body: BUCKET_BODIES['PutBucketCors'] ?? '',
      signature: 'none',
    });
    expect([answer.status, answer.element('Code')]).toEqual([403, 'AccessDenied']);
  });
});
