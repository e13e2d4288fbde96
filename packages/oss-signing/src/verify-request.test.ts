import { describe, expect, it } from 'vitest';
import {
  MAX_CLOCK_SKEW_MS,
  presignUrl,
  presignUrlV1,
  signRequest,
  verifyRequest,
  type SignableRequest,
  type Verification,
  type VerifyOptions,
} from './index.ts';

const now = new Date('2026-01-15T08:30:00Z');
const credentials = { accessKeyId: 'LTAItest', accessKeySecret: 'secret-of-LTAItest' };
const temporary = { accessKeyId: 'STS.test', accessKeySecret: 'secret-of-STS.test', securityToken: 'CAIStoken' };
const keys = new Map([credentials, temporary].map((pair) => [pair.accessKeyId, pair]));
const options: VerifyOptions = { findCredentials: (id) => keys.get(id), now, region: 'cn-hangzhou' };
const request = { method: 'PUT', bucket: 'examplebucket', key: 'k', headers: { 'content-type': 'text/plain' } };
const signing = { credentials, region: 'cn-hangzhou', now };

type Headers = Record<string, string>;
const header = (version: 'V1' | 'V4', change: Headers = {}, from: object = {}): SignableRequest => {
  const { headers } = signRequest(request, { ...signing, version, ...from });
  return { ...request, headers: { ...headers, ...change } };
};
const query = (version: 'V1' | 'V4', change: Headers = {}, from: object = {}): SignableRequest => {
  const input = { ...request, ...signing, endpoint: 'http://127.0.0.1', expiresIn: 3600, ...from };
  const url = new URL(version === 'V4' ? presignUrl(input).url : presignUrlV1(input).url);
  return { ...request, query: { ...Object.fromEntries(url.searchParams), ...change } };
};
const without = (part: 'headers' | 'query', name: string, signed: SignableRequest): SignableRequest => {
  const { [name]: _, ...rest } = signed[part] as Headers;
  return { ...signed, [part]: rest };
};
const authorization = (text: string): SignableRequest => header('V4', { authorization: text });
const credential = (text: string): SignableRequest => query('V4', { 'x-oss-credential': text });
const at = (time: Date | number | string): object => ({ now: new Date(time) });

const SIGNATURE = `Signature=${'0'.repeat(64)}`;
const CREDENTIAL = 'Credential=LTAItest/20260115/cn-hangzhou/oss/aliyun_v4_request';
const minutesLater = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

describe('verifyRequest accepts', () => {
  it.each([
    ['V4', 'header', header('V4')],
    ['V1', 'header', header('V1')],
    ['V4', 'query', query('V4')],
    ['V1', 'query', query('V1')],
  ])('a %s signature in the %s', (version, carrier, signed) => {
    expect(verifyRequest(signed, options)).toEqual({ ok: true, accessKeyId: 'LTAItest', version, carrier });
  });

  it.each([
    ['V4', 'header', header('V4', {}, { credentials: temporary })],
    ['V1', 'header', header('V1', {}, { credentials: temporary })],
    ['V4', 'query', query('V4', {}, { credentials: temporary })],
    ['V1', 'query', query('V1', {}, { credentials: temporary })],
  ])('a %s signature of a temporary key in the %s', (version, carrier, signed) => {
    expect(verifyRequest(signed, options)).toEqual({ ok: true, accessKeyId: 'STS.test', version, carrier });
  });

  it('a request whose clock is fifteen minutes off, either way', () => {
    for (const version of ['V1', 'V4'] as const) {
      for (const skewMs of [-MAX_CLOCK_SKEW_MS, MAX_CLOCK_SKEW_MS]) {
        const signed = header(version, {}, at(now.getTime() + skewMs));
        expect(verifyRequest(signed, options)).toMatchObject({ ok: true });
      }
    }
  });

  it('a V4 URL whose start lies up to fifteen minutes ahead', () => {
    expect(verifyRequest(query('V4', {}, at(minutesLater(15))), options)).toMatchObject({ ok: true });
  });

  it('the members of a V4 Authorization header in any order, with and without blanks', () => {
    const headers = { ...request.headers, host: 'h', range: 'r' };
    const signed = signRequest({ ...request, headers }, { ...signing, additionalHeaders: ['host', 'range'] });
    const signature = /Signature=\w+/.exec(signed.headers['authorization'] ?? '')?.[0] ?? '';
    const oss2 = `OSS4-HMAC-SHA256 ${CREDENTIAL}, ${signature}, AdditionalHeaders=Range;host`;
    expect(verifyRequest({ ...request, headers: { ...signed.headers, authorization: oss2 } }, options)).toMatchObject({
      ok: true,
    });
  });

  it('an empty security token for a permanent key, because it says nothing', () => {
    expect(verifyRequest(query('V1', { 'security-token': '' }), options)).toMatchObject({
      reason: 'signature-mismatch',
    });
    const headers = { ...request.headers, 'x-oss-security-token': '' };
    const signed = signRequest({ ...request, headers }, signing);
    expect(verifyRequest({ ...request, headers: signed.headers }, options)).toMatchObject({ ok: true });
  });
});

interface Refused {
  readonly because: string;
  readonly signed: SignableRequest;
  readonly reason: object;
}
const malformed = (field: string, ec: string | undefined): object => ({ reason: 'malformed', field, ec });
const missing = (parameter: string, carrier: string, version: string, ec?: string): object => ({
  reason: 'missing-parameter',
  parameter,
  carrier,
  version,
  ...(ec !== undefined && { ec }),
});

const refusals: readonly Refused[] = [
  { because: 'nothing is signed', signed: request, reason: { reason: 'unsigned' } },
  {
    because: 'both carriers are used',
    signed: { ...query('V4'), headers: header('V4').headers },
    reason: { reason: 'header-and-query' },
  },
  {
    because: 'the header is of a scheme unknown here and the URL is signed too',
    signed: { ...query('V1'), headers: { authorization: 'Basic YTpi' } },
    reason: { reason: 'header-and-query' },
  },
  ...['Basic YTpi', 'OSSxxx a:b', 'AWS a:b', 'oss a:b', ''].map((text) => ({
    because: `Authorization is "${text}"`,
    signed: authorization(text),
    reason: malformed('Authorization', '0002-00000061'),
  })),
  ...[
    'OSS4-HMAC-SHA256',
    'OSS4-HMAC-SHA256 Credential',
    `OSS4-HMAC-SHA256 ${CREDENTIAL},${SIGNATURE},`,
    `OSS4-HMAC-SHA256 ${CREDENTIAL},${CREDENTIAL},${SIGNATURE}`,
    `OSS4-HMAC-SHA256 ${CREDENTIAL},Unknown=1,${SIGNATURE}`,
    `OSS4-HMAC-SHA256 ${','.repeat(100_000)}`,
  ].map((text) => ({
    because: `Authorization is "${text.slice(0, 90)}"`,
    signed: authorization(text),
    reason: malformed('Authorization', '0002-00000202'),
  })),
  {
    because: 'the V4 header has no Credential',
    signed: authorization(`OSS4-HMAC-SHA256 ${SIGNATURE}`),
    reason: missing('Credential', 'header', 'V4', '0002-00000205'),
  },
  {
    because: 'the V4 header has no Signature',
    signed: authorization(`OSS4-HMAC-SHA256 ${CREDENTIAL}`),
    reason: missing('Signature', 'header', 'V4', '0002-00000207'),
  },
  ...(
    [
      ['LTAItest/20260115/cn-hangzhou/oss/abc', '0002-00000213', '0002-00000224'],
      ['LTAItest/20260115/cn-hangzhou/oss/aliyun_v4_request/x', '0002-00000213', '0002-00000224'],
      ['LTAItest/20260115/cn-hangzhou/aliyun_v4_request', '0002-00000213', '0002-00000224'],
      ['LTAItest/20260115/cn-hangzhou//aliyun_v4_request', '0002-00000213', '0002-00000224'],
      ['LTAI test/20260115/cn-hangzhou/oss/aliyun_v4_request', '0002-00000206', '0002-00000222'],
      ['/20260115/cn-hangzhou/oss/aliyun_v4_request', '0002-00000206', '0002-00000222'],
      ['LTAItest/2026-01-15/cn-hangzhou/oss/aliyun_v4_request', '0002-00000212', '0002-00000223'],
      ['LTAItest/20260114/cn-hangzhou/oss/aliyun_v4_request', '0002-00000212', '0002-00000223'],
    ] as const
  ).flatMap(([text, headerEc, queryEc]) => [
    {
      because: `the credential in the header is ${text}`,
      signed: authorization(`OSS4-HMAC-SHA256 Credential=${text},${SIGNATURE}`),
      reason: malformed('Authorization', headerEc),
    },
    {
      because: `the credential in the URL is ${text}`,
      signed: credential(text),
      reason: malformed('x-oss-credential', queryEc),
    },
  ]),
  ...(
    [
      ['', '0002-00000209', '0002-00000076'],
      ['host;', '0002-00000210', '0002-00000077'],
      ['absent', '0002-00000211', '0002-00000077'],
      ['under_score', '0002-00000211', '0002-00000077'],
    ] as const
  ).flatMap(([text, headerEc, queryEc]) => [
    {
      because: `the additional headers in the header are "${text}"`,
      signed: header('V4', {
        authorization: `OSS4-HMAC-SHA256 ${CREDENTIAL},AdditionalHeaders=${text},${SIGNATURE}`,
        host: 'h',
        under_score: '1',
      }),
      reason: malformed('Authorization', headerEc),
    },
    {
      because: `the additional headers in the URL are "${text}"`,
      signed: { ...query('V4', { 'x-oss-additional-headers': text }), headers: { host: 'h', under_score: '1' } },
      reason: malformed('x-oss-additional-headers', queryEc),
    },
  ]),
  {
    because: 'x-oss-content-sha256 is the hash of a body',
    signed: header('V4', { 'x-oss-content-sha256': '0'.repeat(64) }),
    reason: malformed('x-oss-content-sha256', '0002-00000214'),
  },
  {
    because: 'x-oss-content-sha256 of a presigned URL is the hash of a body',
    signed: { ...query('V4'), headers: { 'x-oss-content-sha256': '0'.repeat(64) } },
    reason: malformed('x-oss-content-sha256', '0002-00000214'),
  },
  {
    because: 'x-oss-content-sha256 is missing',
    signed: without('headers', 'x-oss-content-sha256', header('V4')),
    reason: missing('x-oss-content-sha256', 'header', 'V4'),
  },
  {
    because: 'product and region are wrong: the product is told',
    signed: header('V4', {}, { region: 'cn-beijing', product: 'oss-cloudbox' }),
    reason: { reason: 'wrong-product', expected: 'oss', provided: 'oss-cloudbox', ec: '0002-00000227' },
  },
  ...[header('V4', {}, { region: 'cn-beijing' }), query('V4', {}, { region: 'cn-beijing' })].map((signed) => ({
    because: 'the region is wrong',
    signed,
    reason: { reason: 'wrong-region', expected: 'cn-hangzhou', provided: 'cn-beijing', ec: '0002-00000226' },
  })),
  ...(
    [
      ['OSS LTAItest', malformed('Authorization', '0002-00000062')],
      ['OSS', malformed('Authorization', '0002-00000062')],
      ['OSS :signature', missing('AccessKeyId', 'header', 'V1', '0002-00000063')],
      ['OSS  :signature', missing('AccessKeyId', 'header', 'V1', '0002-00000063')],
      ['OSS LTAI\ttest:signature', malformed('Authorization', '0002-00000064')],
      ['OSS LTAItest:', missing('Signature', 'header', 'V1', '0002-00000065')],
    ] as const
  ).map(([text, reason]) => ({ because: `Authorization is "${text}"`, signed: authorization(text), reason })),
  ...(
    [
      ['x-oss-credential', '0002-00000217', '0002-00000218'],
      ['x-oss-date', undefined, undefined],
      ['x-oss-expires', '0002-00000215', '0002-00000216'],
      ['x-oss-signature', '0002-00000219', '0002-00000220'],
    ] as const
  ).flatMap(([name, missingEc, emptyEc]) => [
    {
      because: `${name} is missing`,
      signed: without('query', name, query('V4')),
      reason: missing(name, 'query', 'V4', missingEc),
    },
    { because: `${name} is empty`, signed: query('V4', { [name]: '' }), reason: missing(name, 'query', 'V4', emptyEc) },
  ]),
  {
    because: 'x-oss-signature-version is missing',
    signed: without('query', 'x-oss-signature-version', query('V4')),
    reason: missing('x-oss-signature-version', 'query', 'V4'),
  },
  ...(
    [
      ['OSSAccessKeyId', '0002-00000071'],
      ['Expires', '0002-00000067'],
      ['Signature', '0002-00000074'],
    ] as const
  ).map(([name, ec]) => ({
    because: `${name} is missing`,
    signed: without('query', name, query('V1')),
    reason: missing(name, 'query', 'V1', ec),
  })),
  {
    because: 'Expires is empty',
    signed: query('V1', { Expires: '' }),
    reason: missing('Expires', 'query', 'V1', '0002-00000068'),
  },
  {
    because: 'OSSAccessKeyId has a blank',
    signed: query('V1', { OSSAccessKeyId: 'a b' }),
    reason: malformed('OSSAccessKeyId', '0002-00000073'),
  },
  {
    because: 'the header is of V2',
    signed: authorization('OSS2 AccessKeyId:LTAItest,Signature:x'),
    reason: { reason: 'unsupported-version', version: 'V2' },
  },
  {
    because: 'the URL is of V2',
    signed: query('V4', { 'x-oss-signature-version': 'OSS2' }),
    reason: { reason: 'unsupported-version', version: 'V2' },
  },
  {
    because: 'the URL is of a version that never was',
    signed: query('V4', { 'x-oss-signature-version': 'ABC' }),
    reason: { reason: 'unsupported-version', version: 'ABC', ec: '0002-00000066' },
  },
  ...[header('V4'), header('V1')].map((signed) => ({
    because: 'there is no date',
    signed: without('headers', 'x-oss-date', signed),
    reason: { reason: 'invalid-date', value: undefined, ec: '0002-00000503' },
  })),
  ...['', 'yesterday', '2026-01-15T08:30:00Z', '20260231T083000Z'].flatMap((value) => [
    {
      because: `x-oss-date of V4 is "${value}"`,
      signed: header('V4', { 'x-oss-date': value }),
      reason: { reason: 'invalid-date', value, ec: '0002-00000502' },
    },
    {
      because: `x-oss-date of V1 is "${value}"`,
      signed: header('V1', { 'x-oss-date': value }),
      reason: { reason: 'invalid-date', value, ec: '0002-00000505' },
    },
  ]),
  {
    because: 'x-oss-date of V4 is in the format of Date',
    signed: header('V4', { 'x-oss-date': now.toUTCString() }),
    reason: { reason: 'invalid-date', value: now.toUTCString() },
  },
  ...['yesterday', 'Thu, 31 Feb 2026 08:30:00 GMT'].map((value) => ({
    because: `Date of V4 is "${value}"`,
    signed: without('headers', 'x-oss-date', header('V4', { date: value })),
    reason: { reason: 'invalid-date', value, ec: '0002-00000502' },
  })),
  {
    because: 'x-oss-date of the URL is no date',
    signed: query('V4', { 'x-oss-date': 'yesterday' }),
    reason: { reason: 'invalid-date', value: 'yesterday' },
  },
  ...['0', '604801', '-1', '1.5', 'abc', '1e3', ' 60', '9'.repeat(1000)].map((value) => ({
    because: `x-oss-expires is ${value.slice(0, 10)}`,
    signed: query('V4', { 'x-oss-expires': value }),
    reason: { reason: 'invalid-expires', value, ec: '0002-00000232' },
  })),
  ...['abc', '-1', '1.5', '1e9'].map((value) => ({
    because: `Expires is ${value}`,
    signed: query('V1', { Expires: value }),
    reason: { reason: 'invalid-expires', value, ec: '0002-00000070' },
  })),
  {
    because: 'the V4 URL has expired, told before its broken signature',
    signed: query('V4', { 'x-oss-signature': 'broken' }, at(minutesLater(-61))),
    reason: { reason: 'expired', expiresAt: minutesLater(-1), ec: '0002-00000236' },
  },
  {
    because: 'the V1 URL has expired, told before its broken signature',
    signed: query('V1', { Signature: 'broken' }, at(minutesLater(-61))),
    reason: { reason: 'expired', expiresAt: minutesLater(-1), ec: '0002-00000069' },
  },
  ...(['V1', 'V4'] as const).flatMap((version) =>
    [-1, 1].map((sign) => ({
      because: `the clock of a ${version} request is more than fifteen minutes off`,
      signed: header(version, {}, at(now.getTime() + sign * (MAX_CLOCK_SKEW_MS + 1000))),
      reason: {
        reason: 'time-skewed',
        requestTime: new Date(now.getTime() + sign * (MAX_CLOCK_SKEW_MS + 1000)),
        ec: '0002-00000504',
      },
    })),
  ),
  {
    because: 'the V4 URL starts more than fifteen minutes ahead',
    signed: query('V4', {}, at(minutesLater(16))),
    reason: { reason: 'time-skewed', requestTime: minutesLater(16) },
  },
  ...[header, query].flatMap((make) =>
    (['V1', 'V4'] as const).map((version) => ({
      because: `nobody has the key of the ${version} request`,
      signed: make(version, {}, { credentials: { accessKeyId: 'LTAIother', accessKeySecret: 'x' } }),
      reason: { reason: 'unknown-access-key', accessKeyId: 'LTAIother', ec: '0002-00000902' },
    })),
  ),
  ...[header, query].flatMap((make) =>
    (['V1', 'V4'] as const).flatMap((version) => {
      const { securityToken, ...pair } = temporary;
      const about = { accessKeyId: 'STS.test', version };
      return [
        {
          because: `the temporary key of the ${version} request comes without token`,
          signed: make(version, {}, { credentials: pair }),
          reason: { reason: 'security-token-missing', ...about },
        },
        {
          because: `the temporary key of the ${version} request comes with another token`,
          signed: make(version, {}, { credentials: { ...pair, securityToken: `${securityToken}x` } }),
          reason: { reason: 'security-token-invalid', ...about },
        },
        {
          because: `the permanent key of the ${version} request comes with a token`,
          signed: make(version, {}, { credentials: { ...credentials, securityToken } }),
          reason: { reason: 'security-token-invalid', accessKeyId: 'LTAItest', version },
        },
      ];
    }),
  ),
  {
    because: 'the token of a V1 URL is in a header, where it does not count',
    signed: {
      ...without('query', 'security-token', query('V1', {}, { credentials: temporary })),
      headers: { 'x-oss-security-token': temporary.securityToken },
    },
    reason: { reason: 'security-token-missing', carrier: 'query', version: 'V1' },
  },
];

describe('verifyRequest refuses', () => {
  it.each(refusals)('when $because', ({ signed, reason }) => {
    expect(verifyRequest(signed, options)).toMatchObject({ ok: false, ...reason });
  });

  it('a key id that a look-up in a plain object would find by accident, or that has no secret', () => {
    const pairs: Record<string, typeof credentials> = { empty: { accessKeyId: 'empty', accessKeySecret: '' } };
    const careless = { ...options, findCredentials: (id: string) => pairs[id] };
    for (const accessKeyId of ['constructor', '__proto__', 'toString', 'empty']) {
      for (const accessKeySecret of ['undefined', 'x']) {
        const from = { credentials: { accessKeyId, accessKeySecret } };
        for (const signed of [header('V1', {}, from), header('V4', {}, from), query('V1', {}, from)]) {
          expect(verifyRequest(signed, careless)).toMatchObject({ reason: 'unknown-access-key', accessKeyId });
        }
      }
    }
  });

  it('every request when its own clock is broken', () => {
    const broken = { ...options, now: new Date(Number.NaN) };
    for (const signed of [header('V1'), header('V4'), query('V1'), query('V4')]) {
      expect(verifyRequest(signed, broken)).toMatchObject({ ok: false });
    }
  });

  it('a request with several mistakes in the order syntax, key, token, time, signature', () => {
    const order: string[] = [];
    const unknown = { accessKeyId: 'LTAIother', accessKeySecret: 'x' };
    const late = at(minutesLater(60));
    const refuse = (signed: SignableRequest): void => {
      const result = verifyRequest(signed, options);
      order.push(result.ok ? 'ok' : result.reason);
    };
    refuse(header('V4', { 'x-oss-content-sha256': 'x' }, { credentials: unknown, ...late }));
    refuse(header('V4', {}, { credentials: { ...unknown, securityToken: 'x' }, ...late }));
    refuse(header('V4', {}, { credentials: { ...credentials, securityToken: 'x' }, ...late }));
    refuse(header('V4', { 'x-oss-meta-added': '1' }, late));
    refuse(header('V4', { 'x-oss-meta-added': '1' }));
    expect(order).toEqual([
      'malformed',
      'unknown-access-key',
      'security-token-invalid',
      'time-skewed',
      'signature-mismatch',
    ]);
  });
});

describe('a signature mismatch', () => {
  const mismatches = [
    ['V4', header('V4', { 'content-type': 'text/html' })],
    ['V1', header('V1', { 'content-type': 'text/html' })],
    ['V4', { ...query('V4'), headers: { 'content-type': 'text/html' } }],
    ['V1', { ...query('V1'), headers: { 'content-type': 'text/html' } }],
  ] as const;

  it.each(mismatches)('of %s hands out the verifier’s texts to debug with', (version, signed) => {
    const result = verifyRequest(signed, options);
    expect(result).toMatchObject({ reason: 'signature-mismatch', accessKeyId: 'LTAItest', version });
    expect(result).toHaveProperty(
      version === 'V4' ? 'canonicalRequest' : 'stringToSign',
      expect.stringContaining('text/html'),
    );
  });

  it.each(mismatches)('of %s keeps the expected signature and the secret to itself', (version, signed) => {
    const told = JSON.stringify(verifyRequest(signed, options));
    const right = signatureOf({ ...request, headers: { 'content-type': 'text/html' } }, version, 'query' in signed);
    expect(told).not.toContain(right);
    expect(told).not.toContain(credentials.accessKeySecret);
  });

  it.each(['', 'é', '😀'.repeat(32), '=', '====', '0'.repeat(1_000_000), '0'.repeat(64).toUpperCase()])(
    'is all that an odd signature causes (case %#)',
    (odd) => {
      const results: Verification[] = [
        verifyRequest(header('V1', { authorization: `OSS LTAItest:x${odd}` }), options),
        verifyRequest(header('V4', { authorization: `OSS4-HMAC-SHA256 ${CREDENTIAL},Signature=x${odd}` }), options),
        verifyRequest(query('V4', { 'x-oss-signature': `x${odd}` }), options),
        verifyRequest(query('V1', { Signature: `x${odd}` }), options),
      ];
      for (const result of results) {
        expect(result).toMatchObject({ reason: 'signature-mismatch', signatureProvided: `x${odd}` });
      }
    },
  );
});

function signatureOf(signed: SignableRequest, version: 'V1' | 'V4', isPresigned: boolean): string {
  if (!isPresigned) {
    const { headers } = signRequest(signed, { ...signing, version });
    return headers['authorization']?.split(/[:=]/).at(version === 'V1' ? 1 : -1) ?? '';
  }
  const input = { ...request, ...signing, endpoint: 'http://127.0.0.1', expiresIn: 3600, headers: signed.headers };
  const url = version === 'V4' ? presignUrl(input).url : presignUrlV1(input).url;
  return new URL(url).searchParams.get(version === 'V4' ? 'x-oss-signature' : 'Signature') ?? '';
}
