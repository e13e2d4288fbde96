import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corsXml } from '../../test/configuration-xml.ts';
import { BUCKET, send } from '../../test/emulator-client.ts';
import type { ClientRequest } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const PAGE = 'http://page.example';

describe('cross-origin requests', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    await emulator.send('PUT', { key: 'k', body: 'bytes' });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const putRule = async (rule: Record<string, string | readonly string[]>, more = ''): Promise<void> => {
    expect((await emulator.send('PUT', { query: { cors: '' }, body: corsXml(rule, more) })).status).toBe(200);
  };
  /** A preflight as a browser sends it: no signature, and the query of the request that is to follow. */
  const preflight = (method: string, headers: Record<string, string> = {}, request: ClientRequest = {}) =>
    emulator.send('OPTIONS', {
      key: 'k',
      ...request,
      signature: 'none',
      headers: { origin: PAGE, 'access-control-request-method': method, ...headers },
    });
  const corsHeadersOf = (headers: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')));

  describe("as the bucket's rules have it", () => {
    const rule = {
      AllowedOrigin: [PAGE, 'https://*.example.com'],
      AllowedMethod: ['PUT', 'GET'],
      AllowedHeader: ['x-oss-*', 'Content-Type'],
      ExposeHeader: ['ETag', 'x-oss-request-id'],
      MaxAgeSeconds: '600',
    };

    it('answer a preflight with what the page may do', async () => {
      await putRule(rule);
      const answer = await preflight('PUT', { 'access-control-request-headers': 'content-type, X-OSS-Date' });
      expect([answer.status, answer.body.length]).toEqual([200, 0]);
      expect(corsHeadersOf(answer.headers)).toEqual({
        'access-control-allow-origin': PAGE,
        'access-control-allow-methods': 'PUT, GET',
        'access-control-allow-headers': 'content-type, X-OSS-Date',
        'access-control-expose-headers': 'ETag, x-oss-request-id',
        'access-control-max-age': '600',
      });
      expect(answer.headerNames).toContain('Access-Control-Allow-Origin');
    });

    it.each<[string, string, Record<string, string>, ClientRequest]>([
      ['of the bucket itself', 'GET', {}, { key: '' }],
      ['of an object that is not there', 'PUT', {}, { key: 'new' }],
      [
        'of a presigned URL',
        'PUT',
        {},
        { query: { 'x-oss-signature': 'abc', 'x-oss-signature-version': 'OSS4-HMAC-SHA256' } },
      ],
      ['of a sub-resource', 'PUT', {}, { query: { partNumber: '1', uploadId: 'ABC' } }],
      ['of another origin of the rule', 'GET', { origin: 'https://a.b.example.com' }, {}],
      ['written otherwise', 'GET', { origin: 'HTTP://PAGE.example' }, {}],
      ['in an address with the bucket in the host', 'PUT', {}, { addressing: 'virtual-hosted' }],
    ])('allow a request %s', async (_what, method, headers, request) => {
      expect((await preflight(method, headers, request)).status).toBe(200);
    });

    it.each<[string, string, Record<string, string>]>([
      ['another origin', 'PUT', { origin: 'http://other.example' }],
      ['the domain that stands behind a wildcard', 'PUT', { origin: 'https://example.com' }],
      ['another method', 'DELETE', {}],
      ['a header that no pattern covers', 'PUT', { 'access-control-request-headers': 'content-type,authorization' }],
    ])("refuse %s with OSS's own words", async (_what, method, headers) => {
      const answer = await preflight(method, headers);
      expect([answer.status, answer.element('Code'), answer.element('EC')]).toEqual([
        403,
        'AccessForbidden',
        '0003-00000602',
      ]);
      expect(answer.element('Message')).toMatch(
        /^CORSResponse: This CORS request is not allowed\. .* whitelisted by the resource's CORS spec\.$/,
      );
      expect(corsHeadersOf(answer.headers)).toEqual({});
    });

    it('put their headers on every answer to the page: objects, lists, refusals and failed callbacks', async () => {
      const param = Buffer.from(JSON.stringify({ callbackUrl: 'http://127.0.0.1:9/', callbackBody: 'a=b' })).toString(
        'base64',
      );
      const headers = { origin: PAGE };
      const answers = [
        await emulator.send('GET', { key: 'k', headers }),
        await emulator.send('GET', { headers }),
        await emulator.send('GET', { key: 'none', headers }),
        await emulator.send('GET', { key: 'k', headers, signature: 'none' }),
        await emulator.send('PUT', { key: 'failed', body: 'b', headers: { ...headers, 'x-oss-callback': param } }),
        await emulator.send('GET', { query: { website: '' }, headers }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 403, 203, 404]);
      for (const answer of answers) {
        expect(corsHeadersOf(answer.headers)).toMatchObject({
          'access-control-allow-origin': PAGE,
          'access-control-expose-headers': 'ETag, x-oss-request-id',
        });
      }
      expect(answers[4]?.headers['etag']).toBe('"92EB5FFEE6AE2FEC3AD71C777531578F"');
    });

    it('put none on answers that no page may see', async () => {
      const answers = [
        await emulator.send('GET', { key: 'k' }),
        await emulator.send('GET', { key: 'k', headers: { origin: 'http://other.example' } }),
        await emulator.send('DELETE', { key: 'gone', headers: { origin: PAGE } }),
        await emulator.send('HEAD', { key: 'k', headers: { origin: PAGE } }),
      ];
      for (const answer of answers) expect(corsHeadersOf(answer.headers)).toEqual({});
    });
  });

  it('allow any origin by a lone asterisk, and any header', async () => {
    await putRule({ AllowedOrigin: '*', AllowedMethod: 'POST', AllowedHeader: '*' });
    const answer = await preflight('POST', { origin: 'null', 'access-control-request-headers': 'authorization,x' });
    expect(corsHeadersOf(answer.headers)).toEqual({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization,x',
    });
  });

  it('are decided by the first rule that matches', async () => {
    const body = corsXml(
      { AllowedOrigin: PAGE, AllowedMethod: 'PUT' },
      '<CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>PUT</AllowedMethod><AllowedMethod>GET</AllowedMethod></CORSRule>',
    );
    await emulator.send('PUT', { query: { cors: '' }, body });
    expect((await preflight('PUT')).headers['access-control-allow-origin']).toBe(PAGE);
    expect((await preflight('GET')).headers['access-control-allow-origin']).toBe('*');
  });

  it('vary by origin on every answer of the bucket when the rules say so', async () => {
    await putRule({ AllowedOrigin: PAGE, AllowedMethod: 'GET' }, '<ResponseVary>true</ResponseVary>');
    const anonymous = await emulator.send('GET', { key: 'k', signature: 'none' });
    const other = await emulator.send('GET', { key: 'k', headers: { origin: 'http://other.example' } });
    const asked = await preflight('GET');
    expect([anonymous, other, asked].map(({ headers }) => headers['vary'])).toEqual(['Origin', 'Origin', 'Origin']);
    await putRule({ AllowedOrigin: PAGE, AllowedMethod: 'GET' });
    expect((await preflight('GET')).headers['vary']).toBeUndefined();
  });

  it('are refused as such while the bucket has no rules', async () => {
    await emulator.send('DELETE', { query: { cors: '' } });
    const answer = await preflight('PUT');
    expect([answer.status, answer.element('Code'), answer.element('EC'), answer.element('Message')]).toEqual([
      403,
      'AccessForbidden',
      '0003-00000601',
      'CORSResponse: CORS is not enabled for this bucket.',
    ]);
    expect(corsHeadersOf((await emulator.send('GET', { key: 'k', headers: { origin: PAGE } })).headers)).toEqual({});
    expect((await preflight('PUT', {}, { bucket: 'not-there' })).element('Code')).toBe('NoSuchBucket');
  });

  it('say what is missing from a preflight', async () => {
    const missing = (headers: Record<string, string>) =>
      send(emulator.url, 'OPTIONS', { bucket: BUCKET, key: 'k', signature: 'none', headers });
    const withoutOrigin = await missing({ 'access-control-request-method': 'PUT' });
    const withoutMethod = await missing({ origin: PAGE });
    expect(
      [withoutOrigin, withoutMethod].map(({ status, element }) => [
        status,
        element('Code'),
        element('EC'),
        element('Message'),
      ]),
    ).toEqual([
      [400, 'BadRequest', '0034-00000101', 'Insufficient information. Origin request header needed.'],
      [
        400,
        'BadRequest',
        '0034-00000102',
        'Insufficient information. Request Access-Control-Request-Method header needed.',
      ],
    ]);
  });

  it.each([
    ['<CORSConfiguration></CORSConfiguration>', 'MalformedXML', undefined, '0034-00000002'],
    [corsXml({ AllowedMethod: 'GET' }), 'MalformedXML', undefined, undefined],
    [corsXml({ AllowedOrigin: '*' }), 'MalformedXML', undefined, undefined],
    [
      corsXml({ AllowedOrigin: 'http://*.a.*', AllowedMethod: 'GET' }),
      'InvalidArgument',
      'AllowedOrigin',
      '0034-00000009',
    ],
    [corsXml({ AllowedOrigin: '*', AllowedMethod: 'OPTIONS' }), 'InvalidArgument', 'AllowedMethod', '0034-00000011'],
    [
      corsXml({ AllowedOrigin: '*', AllowedMethod: 'GET', AllowedHeader: '*-*' }),
      'InvalidArgument',
      'AllowedHeader',
      undefined,
    ],
    [
      corsXml({ AllowedOrigin: '*', AllowedMethod: 'GET', ExposeHeader: 'x-*' }),
      'InvalidArgument',
      'ExposeHeader',
      '0034-00000013',
    ],
    [
      corsXml({ AllowedOrigin: '*', AllowedMethod: 'GET', MaxAgeSeconds: '-1' }),
      'InvalidArgument',
      'MaxAgeSeconds',
      undefined,
    ],
    [
      corsXml({ AllowedOrigin: '*', AllowedMethod: 'GET' }, '<ResponseVary>yes</ResponseVary>'),
      'MalformedXML',
      undefined,
      undefined,
    ],
  ])('PutBucketCors refuses %s', async (body, code, argument, ec) => {
    const answer = await emulator.send('PUT', { query: { cors: '' }, body });
    expect([answer.status, answer.element('Code'), answer.element('ArgumentName'), answer.element('EC')]).toEqual([
      400,
      code,
      argument,
      ec,
    ]);
  });
});
