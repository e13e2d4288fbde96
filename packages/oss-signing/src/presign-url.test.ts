import { describe, expect, it } from 'vitest';
import { presignUrl, presignUrlV1, SigningInputError, verifyRequest, type SignableRequest } from './index.ts';
import { percentDecode } from './percent-decode.ts';

const now = new Date('2026-01-15T08:30:00.999Z');
const credentials = { accessKeyId: 'LTAItest', accessKeySecret: 'secret' };
const base = {
  method: 'PUT',
  endpoint: 'http://127.0.0.1:9280',
  bucket: 'examplebucket',
  key: 'dir/a b+中.txt',
  credentials,
  region: 'cn-hangzhou',
  now,
  expiresIn: 3600,
};
const verifier = { findCredentials: () => credentials, now, region: 'cn-hangzhou' };

/** What a server makes of a URL in path style. */
function receive(url: string, headers: SignableRequest['headers'] = {}): SignableRequest {
  const [path = '', queryString = ''] = url.slice('http://127.0.0.1:9280/examplebucket/'.length).split('?');
  const decode = (text = ''): string => percentDecode(text) ?? '';
  const query = queryString.split('&').map((parameter) => {
    const [name, value] = parameter.split('=');
    return [decode(name), decode(value)] as const;
  });
  return { method: 'PUT', bucket: 'examplebucket', key: decode(path), query, headers };
}

describe.each([
  { version: 'V4', presign: presignUrl, token: 'x-oss-security-token' },
  { version: 'V1', presign: presignUrlV1, token: 'security-token' },
])('a $version presigned URL', ({ version, presign, token }) => {
  const verified = { ok: true, accessKeyId: 'LTAItest', version, carrier: 'query' };

  it('carries its parameters, its signature and nothing else that the uploader would have to know', () => {
    const query = { callback: 'eyJhIjoiYiJ9', 'callback-var': 'eyJ4OmEiOiLkuK0ifQ==', acl: '' };
    const { url } = presign({ ...base, query });
    const received = receive(url);
    expect(received.key).toBe(base.key);
    expect(received.query).toEqual(expect.arrayContaining(Object.entries(query)));
    expect(verifyRequest(received, verifier)).toEqual(verified);
  });

  it('binds the uploader to the headers it was made for', () => {
    const headers = { 'Content-Type': 'image/png', 'x-oss-meta-a': '1' };
    const { url } = presign({ ...base, headers });
    expect(verifyRequest(receive(url, headers), verifier)).toEqual(verified);
    const other = receive(url, { ...headers, 'Content-Type': 'text/html' });
    expect(verifyRequest(other, verifier)).toMatchObject({ reason: 'signature-mismatch' });
    expect(verifyRequest(receive(url), verifier)).toMatchObject({ reason: 'signature-mismatch' });
  });

  it.each(['callback', 'callback-var'])('binds the uploader to the %s in its query', (name) => {
    const { url } = presign({ ...base, query: { callback: 'eyJhIjoiYiJ9', 'callback-var': 'eyJ4OmEiOiJiIn0=' } });
    const received = receive(url);
    const query = received.query as ReadonlyArray<readonly [name: string, value: string]>;
    const without = query.filter(([other]) => other !== name);
    expect(verifyRequest({ ...received, query: without }, verifier)).toMatchObject({ reason: 'signature-mismatch' });
    const replaced = { ...received, query: [...without, [name, 'e30='] as const] };
    expect(verifyRequest(replaced, verifier)).toMatchObject({ reason: 'signature-mismatch' });
  });

  it.each(['x-oss-callback', 'x-oss-callback-var'])('binds the uploader to a signed %s header', (name) => {
    const headers = { 'x-oss-callback': 'eyJhIjoiYiJ9', 'x-oss-callback-var': 'eyJ4OmEiOiJiIn0=' };
    const { url } = presign({ ...base, headers });
    expect(verifyRequest(receive(url, headers), verifier)).toEqual(verified);
    const { [name as keyof typeof headers]: _, ...without } = headers;
    expect(verifyRequest(receive(url, without), verifier)).toMatchObject({ reason: 'signature-mismatch' });
    const replaced = receive(url, { ...headers, [name]: 'e30=' });
    expect(verifyRequest(replaced, verifier)).toMatchObject({ reason: 'signature-mismatch' });
  });

  it('is good until expiresAt and no longer', () => {
    const { url, expiresAt } = presign(base);
    expect(expiresAt).toEqual(new Date('2026-01-15T09:30:00Z'));
    expect(verifyRequest(receive(url), { ...verifier, now: expiresAt })).toEqual(verified);
    const late = { ...verifier, now: new Date(expiresAt.getTime() + 1) };
    expect(verifyRequest(receive(url), late)).toMatchObject({ reason: 'expired', expiresAt });
  });

  it('carries the token of a temporary key in the query', () => {
    const temporary = { ...credentials, securityToken: 'CAIS+/= token' };
    const { url } = presign({ ...base, credentials: temporary });
    expect(receive(url).query).toContainEqual([token, 'CAIS+/= token']);
    expect(verifyRequest(receive(url), { ...verifier, findCredentials: () => temporary })).toEqual(verified);
  });

  it('can be made for a bucket', () => {
    const { url } = presign({ ...base, key: undefined, query: { prefix: 'a/' } });
    expect(verifyRequest({ ...receive(url), key: undefined }, verifier)).toEqual(verified);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses to be valid for %s seconds', (expiresIn) => {
    expect(() => presign({ ...base, expiresIn })).toThrow(/^expiresIn must be a whole number of seconds/);
  });

  it.each(version === 'V4' ? ['x-oss-signature', 'x-oss-expires', token] : ['Signature', 'Expires', token])(
    'refuses a second %s',
    (name) => {
      expect(() => presign({ ...base, query: { [name]: 'x' } })).toThrow(SigningInputError);
    },
  );
});

describe('a V4 presigned URL', () => {
  it('is valid for seven days at most', () => {
    expect(() => presignUrl({ ...base, expiresIn: 604_801 })).toThrow('from 1 to 604800');
    expect(presignUrl({ ...base, expiresIn: 604_800 }).url).toContain('x-oss-expires=604800');
  });

  it('knows its own host when the host is to be signed', () => {
    const { url, canonicalRequest } = presignUrl({ ...base, additionalHeaders: ['Host'] });
    expect(url).toContain('x-oss-additional-headers=host');
    expect(canonicalRequest).toContain('\nhost:127.0.0.1:9280\n');
    const received = receive(url, { Host: '127.0.0.1:9280' });
    expect(verifyRequest(received, verifier)).toMatchObject({ ok: true });
    expect(verifyRequest(receive(url, { Host: 'other' }), verifier)).toMatchObject({ reason: 'signature-mismatch' });
  });

  it('takes a host from the caller, for a proxy that rewrites it', () => {
    const headers = { Host: 'oss.example' };
    const { canonicalRequest } = presignUrl({ ...base, headers, additionalHeaders: ['host'] });
    expect(canonicalRequest).toContain('\nhost:oss.example\n');
  });
});
