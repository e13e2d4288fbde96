import { describe, expect, it } from 'vitest';
import { SigningInputError, signRequest, type SignRequestOptions } from './index.ts';

const now = new Date('2026-01-15T08:30:00.999Z');
const credentials = { accessKeyId: 'LTAItest', accessKeySecret: 'secret' };
const options = { credentials, region: 'cn-hangzhou', now };
const request = {
  method: 'put',
  bucket: 'examplebucket',
  key: 'k',
  headers: { 'Content-Type': 'text/plain', 'X-A': '1' },
};

describe('signRequest', () => {
  it('signs with V4 unless told otherwise, and returns every header to send in lower case', () => {
    const { headers, canonicalRequest } = signRequest(request, options);
    expect(headers).toEqual({
      'content-type': 'text/plain',
      'x-a': '1',
      'x-oss-date': '20260115T083000Z',
      'x-oss-content-sha256': 'UNSIGNED-PAYLOAD',
      authorization: expect.stringMatching(
        /^OSS4-HMAC-SHA256 Credential=LTAItest\/20260115\/cn-hangzhou\/oss\/aliyun_v4_request,Signature=[0-9a-f]{64}$/,
      ),
    });
    expect(canonicalRequest).toMatch(/^PUT\n/);
  });

  it('signs with V1 when asked, with the date in x-oss-date as ali-oss does', () => {
    const { headers, stringToSign } = signRequest(request, { version: 'V1', credentials, now });
    expect(headers['x-oss-date']).toBe('Thu, 15 Jan 2026 08:30:00 GMT');
    expect(headers['authorization']).toMatch(/^OSS LTAItest:[A-Za-z0-9+/]{27}=$/);
    expect(stringToSign).toBe(
      'PUT\n\ntext/plain\nThu, 15 Jan 2026 08:30:00 GMT\nx-oss-date:Thu, 15 Jan 2026 08:30:00 GMT\n/examplebucket/k',
    );
  });

  it.each(['V4', 'V1'] as const)('sends and signs the security token of a temporary key with %s', (version) => {
    const temporary = { ...credentials, securityToken: 'CAIS token' };
    const { headers, stringToSign, canonicalRequest } = signRequest(request, {
      ...options,
      version,
      credentials: temporary,
    });
    expect(headers['x-oss-security-token']).toBe('CAIS token');
    expect(canonicalRequest ?? stringToSign).toContain('\nx-oss-security-token:CAIS token\n');
  });

  it.each(['V4', 'V1'] as const)('replaces the headers of an earlier %s signature, whatever their case', (version) => {
    const first = signRequest(request, { ...options, version });
    const upperCase = Object.fromEntries(
      Object.entries(first.headers).map(([name, value]) => [name.toUpperCase(), value]),
    );
    const additionalHeaders = ['Authorization'];
    const later = { ...options, version, additionalHeaders, now: new Date('2026-01-16T00:00:00Z') };
    expect(signRequest({ ...request, headers: upperCase }, later)).toEqual(signRequest(request, later));
  });

  it('lists additional headers in lower case, sorted, without those that are signed anyway or absent', () => {
    const headers = { ...request.headers, Host: 'h', Range: 'bytes=0-1', 'X-Empty': '' };
    const additionalHeaders = ['Range', 'HOST', 'host', 'content-type', 'x-oss-date', 'x-empty', 'absent'];
    const signed = signRequest({ ...request, headers }, { ...options, additionalHeaders });
    expect(signed.headers['authorization']).toContain(',AdditionalHeaders=host;range,Signature=');
    expect(signed.canonicalRequest).toMatch(/\nhost:h\nrange:bytes=0-1\n.*\n\nhost;range\nUNSIGNED-PAYLOAD$/s);
  });

  const refused: readonly (readonly [field: string, change: Partial<SignRequestOptions>])[] = [
    ['credentials.accessKeyId', { credentials: { ...credentials, accessKeyId: '' } }],
    ['credentials.accessKeyId', { credentials: { ...credentials, accessKeyId: 'a/b' } }],
    ['credentials.accessKeyId', { credentials: { ...credentials, accessKeyId: 'a b' } }],
    ['credentials.accessKeySecret', { credentials: { ...credentials, accessKeySecret: '' } }],
    ['credentials.accessKeySecret', { credentials: { ...credentials, accessKeySecret: 'secret\n' } }],
    ['region', { region: '' }],
    ['region', { region: 'oss-cn-hangzhou' }],
    ['region', { region: 'cn-hangzhou/oss' }],
    ['now', { now: new Date(Number.NaN) }],
    ['now', { now: new Date(-1) }],
    ['additionalHeaders', { additionalHeaders: ['x_a'] }],
    ['version', { version: 'V2' as 'V4' }],
  ];
  it.each(refused)('refuses a bad %s with an error that names the field and no value', (field, change) => {
    const withUnderscore = { ...request, headers: { x_a: '1' } };
    const error = catchError(() => signRequest(withUnderscore, { ...options, ...change }));
    expect(error).toBeInstanceOf(SigningInputError);
    expect(error).toMatchObject({
      name: 'SigningInputError',
      field,
      message: expect.stringMatching(`^${field} must `),
    });
    expect(String(error)).not.toContain('secret\n');
  });
});

function catchError(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
