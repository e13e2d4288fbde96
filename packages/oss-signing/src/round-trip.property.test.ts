import { array, assert, constantFrom, dictionary, integer, option, property, record, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  presignUrl,
  presignUrlV1,
  signRequest,
  verifyRequest,
  type Credentials,
  type SignableRequest,
  type SignatureVersion,
  type Verification,
} from './index.ts';
import { percentDecode } from './percent-decode.ts';

const text = string({ unit: 'binary' });
const method = constantFrom('GET', 'PUT', 'POST', 'HEAD', 'DELETE');
const bucket = constantFrom('examplebucket', 'b-1', '0b0');
const key = string({ unit: 'binary', minLength: 1 });
const credentials = record({
  accessKeyId: constantFrom('LTAItest', 'STS.Nabc_-1', 'ak'),
  accessKeySecret: string({ minLength: 1 }).map((secret) => `s${secret}s`),
  securityToken: option(
    string({ minLength: 1 }).map((token) => `t${token}t`),
    { nil: undefined },
  ),
});
const now = integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000));
// Parameters that both versions sign; the `y` keeps them apart from the parameters of a signature.
const parameterName = text.map((name) => `x-oss-y${name}`);
const query = array(tuple(parameterName, text), { maxLength: 5 });
const headerName = string({ minLength: 1, maxLength: 8 }).map((name) => `X-Oss-Meta-${encodeURIComponent(name)}`);
const headers = dictionary(headerName, text, { maxKeys: 5, noNullPrototype: true });
const request = record({ method, bucket, key, query, headers });

type Signed = SignableRequest & { readonly query: readonly (readonly [string, string])[] };
interface Way {
  readonly version: SignatureVersion;
  readonly carrier: 'header' | 'query';
  readonly sign: (request: Signed, credentials: Credentials, now: Date) => Signed;
}

const endpoint = 'http://127.0.0.1:9280';
const region = 'cn-hangzhou';
const byHeader =
  (version: SignatureVersion) =>
  (unsigned: Signed, pair: Credentials, time: Date): Signed => {
    const signed = signRequest(unsigned, { version, credentials: pair, region, now: time });
    return { ...unsigned, headers: signed.headers };
  };
const byQuery =
  (presign: typeof presignUrl | typeof presignUrlV1) =>
  (unsigned: Signed, pair: Credentials, time: Date): Signed => {
    const input = { ...unsigned, bucket: unsigned.bucket ?? '', endpoint, credentials: pair, region, now: time };
    return { ...unsigned, ...splitUrl(presign({ ...input, expiresIn: 600 }).url) };
  };
const ways: readonly Way[] = [
  { version: 'V4', carrier: 'header', sign: byHeader('V4') },
  { version: 'V1', carrier: 'header', sign: byHeader('V1') },
  { version: 'V4', carrier: 'query', sign: byQuery(presignUrl) },
  { version: 'V1', carrier: 'query', sign: byQuery(presignUrlV1) },
];

/** Splits a path-style URL the way a server has to: by hand, decoding once. */
function splitUrl(url: string): Pick<Signed, 'bucket' | 'key' | 'query'> {
  const decode = (encoded = ''): string => percentDecode(encoded) ?? '';
  const [path = '', queryString = ''] = url.slice(endpoint.length + 1).split('?');
  const slash = path.indexOf('/');
  const parameters = queryString.split('&').map((parameter) => {
    const equals = parameter.indexOf('=');
    const [name, value] = equals < 0 ? [parameter] : [parameter.slice(0, equals), parameter.slice(equals + 1)];
    return [decode(name), decode(value)] as const;
  });
  return { bucket: path.slice(0, slash), key: decode(path.slice(slash + 1)), query: parameters };
}

function verify(signed: SignableRequest, pair: Credentials, time: Date): Verification {
  const findCredentials = (id: string): Credentials | undefined => (id === pair.accessKeyId ? pair : undefined);
  return verifyRequest(signed, { findCredentials, now: time, region });
}

describe.each(ways)('$version in the $carrier', ({ version, carrier, sign }) => {
  it('verifies whatever it signed', () => {
    assert(
      property(request, credentials, now, (unsigned, pair, time) => {
        const { accessKeyId } = pair;
        const result = verify(sign(unsigned, pair, time), pair, time);
        expect(result).toEqual({ ok: true, accessKeyId, version, carrier });
      }),
    );
  });

  const changes: Readonly<Record<string, (signed: Signed, extra: string) => SignableRequest>> = {
    method: (signed) => ({ ...signed, method: signed.method === 'GET' ? 'PUT' : 'GET' }),
    bucket: (signed) => ({ ...signed, bucket: `${signed.bucket}x` }),
    key: (signed, extra) => ({ ...signed, key: `${signed.key}x${extra}` }),
    'key, by one leading slash': (signed) => ({ ...signed, key: `/${signed.key}` }),
    'query, by one parameter more': (signed, extra) => ({ ...signed, query: [...signed.query, ['x-oss-z', extra]] }),
    'query, by another value': (signed, extra) => ({
      ...signed,
      query: signed.query.map(
        ([name, value]) => [name, name.startsWith('x-oss-y') ? `${value}x${extra}` : value] as const,
      ),
    }),
    'headers, by one more': (signed, extra) => ({ ...signed, headers: { ...signed.headers, 'x-oss-z': extra } }),
    'headers, by a Content-Type': (signed, extra) => ({
      ...signed,
      headers: { ...signed.headers, 'Content-Type': `text/${extra}` },
    }),
  };

  it.each(Object.keys(changes))('refuses a request whose %s was changed', (what) => {
    assert(
      property(request, credentials, now, text, (unsigned, pair, time, extra) => {
        const withParameter = { ...unsigned, query: [...unsigned.query, ['x-oss-y', 'v'] as const] };
        const signed = sign(withParameter, pair, time);
        const result = verify(changes[what]?.(signed, extra) ?? signed, pair, time);
        expect(result).toMatchObject({ ok: false, reason: 'signature-mismatch' });
      }),
    );
  });

  it('refuses a request signed with another secret', () => {
    assert(
      property(request, credentials, now, (unsigned, pair, time) => {
        const signed = sign(unsigned, { ...pair, accessKeySecret: `${pair.accessKeySecret}x` }, time);
        expect(verify(signed, pair, time)).toMatchObject({ ok: false, reason: 'signature-mismatch' });
      }),
    );
  });

  it('refuses a request of which any character of the signature was changed', () => {
    assert(
      property(request, credentials, now, integer({ min: 0, max: 26 }), (unsigned, pair, time, position) => {
        const signed = sign(unsigned, pair, time);
        const alter = (signature: string): string => {
          const replacement = signature[position] === '0' ? '1' : '0';
          return `${signature.slice(0, position)}${replacement}${signature.slice(position + 1)}`;
        };
        const altered = {
          ...signed,
          headers: Object.fromEntries(
            Object.entries(signed.headers ?? {}).map(([name, value]) => [
              name,
              name === 'authorization'
                ? value.replace(/(?<=Signature=|OSS [^:]*:)[^,]+$/, (signature) => alter(signature))
                : value,
            ]),
          ),
          query: signed.query.map(
            ([name, value]) => [name, /^(?:x-oss-signature|Signature)$/.test(name) ? alter(value) : value] as const,
          ),
        };
        expect(verify(altered, pair, time)).toMatchObject({ ok: false, reason: 'signature-mismatch' });
      }),
    );
  });

  it('refuses a request whose time was moved, though it is still current', () => {
    assert(
      property(request, credentials, now, (unsigned, pair, time) => {
        const signed = sign(unsigned, pair, time);
        const elsewhere = new Date(time.getTime() + 1000);
        const other = sign(unsigned, pair, elsewhere);
        const timeOf = /^(?:x-oss-date|x-oss-expires|Expires)$/;
        const moved = {
          ...signed,
          headers: { ...signed.headers, ...pick(Object.entries(other.headers ?? {}), timeOf) },
          query: signed.query.map(([name, value]) => [name, pick(other.query, timeOf)[name] ?? value] as const),
        };
        const result = verify(moved, pair, time);
        // One second later may be the next day, which the credential does not cover.
        expect(result).toMatchObject({
          ok: false,
          reason: expect.stringMatching(/^(?:signature-mismatch|malformed)$/),
        });
      }),
    );
  });
});

function pick(entries: readonly (readonly [string, string])[], names: RegExp): Record<string, string> {
  return Object.fromEntries(entries.filter(([name]) => names.test(name)));
}

describe('verifyRequest', () => {
  const anything = string({ unit: integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });
  const wireNames =
    'Authorization,Date,x-oss-date,x-oss-content-sha256,x-oss-security-token,content-type,x-oss-signature,' +
    'x-oss-signature-version,x-oss-credential,x-oss-expires,x-oss-additional-headers,OSSAccessKeyId,Expires,Signature,' +
    'security-token,__proto__,constructor';
  const wireName = constantFrom(...wireNames.split(','));
  const scope = '20260115/cn-hangzhou/oss/aliyun_v4_request';
  const wireValue = constantFrom(
    'OSS ',
    'OSS ak:',
    'OSS2 ',
    'OSS4-HMAC-SHA256 ',
    `OSS4-HMAC-SHA256 Credential=ak/${scope},Signature=`,
    'OSS4-HMAC-SHA256',
    'ak',
    `ak/${scope}`,
    '20260115T083000Z',
    'Thu, 15 Jan 2026 08:30:00 GMT',
    'UNSIGNED-PAYLOAD',
    '600',
    '9999999999',
    'host;',
    '',
  );
  const pairs = array(
    tuple(
      wireName,
      tuple(wireValue, anything).map(([known, odd]) => known + odd),
    ),
    { maxLength: 8 },
  );

  it('neither throws nor accepts, whatever a stranger writes into a request', () => {
    const pair = { accessKeyId: 'ak', accessKeySecret: 'sk' };
    assert(
      property(anything, anything, pairs, pairs, (oddMethod, oddKey, oddHeaders, oddQuery) => {
        const odd = {
          method: oddMethod,
          bucket: 'b',
          key: oddKey,
          query: oddQuery,
          headers: Object.fromEntries(oddHeaders),
        };
        expect(verify(odd, pair, new Date('2026-01-15T08:30:00Z'))).toMatchObject({ ok: false });
      }),
      { numRuns: 2000 },
    );
  });
});
