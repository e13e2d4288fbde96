import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presignUrl, signRequest } from '@oss-callback/oss-signing';
import { BUCKET, CREDENTIALS, REGION, sendPlain } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const NOW = new Date('2026-11-22T11:43:45Z');
const wrongSecret = { ...CREDENTIALS, accessKeySecret: 'not-the-secret' };

describe('authentication', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator({ now: () => NOW });
    await emulator.send('PUT', { key: 'a b+中', body: 'bytes' });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const get = (headers: Readonly<Record<string, string>>, query = '') =>
    sendPlain(emulator.url, { method: 'GET', path: `/${BUCKET}/a%20b%2B%E4%B8%AD${query}`, headers });
  const presigned = (options: { expiresIn?: number; now?: Date; region?: string } = {}) => {
    const { expiresIn = 60, now = NOW, region = REGION } = options;
    const address = { endpoint: emulator.url, bucket: BUCKET, key: 'a b+中' };
    const { url } = presignUrl({ method: 'GET', ...address, credentials: CREDENTIALS, region, expiresIn, now });
    return url.slice(url.indexOf('?'));
  };

  it.each(['V1', 'V4'] as const)('takes a %s signature in the header', async (signature) => {
    const response = await emulator.send('GET', { key: 'a b+中', signature });
    expect([response.status, response.text]).toEqual([200, 'bytes']);
  });

  it('takes a V4 signature in the query', async () => {
    expect((await get({}, presigned())).status).toBe(200);
  });

  it.each(['V1', 'V4'] as const)('answers a wrong %s signature with what it signed itself', async (signature) => {
    const response = await emulator.send('GET', { key: 'a b+中', signature, credentials: wrongSecret });
    expect(response.status).toBe(403);
    expect(response.element('Code')).toBe('SignatureDoesNotMatch');
    expect(response.element('EC')).toBe('0002-00000040');
    expect(response.headers['x-oss-ec']).toBe('0002-00000040');
    expect(response.element('OSSAccessKeyId')).toBe(CREDENTIALS.accessKeyId);
    const parts = { method: 'GET', bucket: BUCKET, key: 'a b+中' };
    const theirs = signRequest(parts, { version: signature, credentials: wrongSecret, region: REGION, now: NOW });
    expect(response.element('StringToSign')).toBe(theirs.stringToSign);
    expect(response.element('CanonicalRequest')).toBe(theirs.canonicalRequest);
    expect(theirs.headers['authorization']).toContain(response.element('SignatureProvided'));
    const bytes = (response.element('StringToSignBytes') ?? '').trim().split(' ');
    expect(Buffer.from(bytes.join(''), 'hex').toString('utf8')).toBe(theirs.stringToSign);
    expect(response.text).not.toContain(CREDENTIALS.accessKeySecret);
    expect(emulator.log.at(-1)).toContain('SignatureDoesNotMatch');
    expect(emulator.log.at(-1)).not.toContain('\n');
  });

  it.each(['V1', 'V4'] as const)('covers the header that was added after a %s signature', async (signature) => {
    const headers = { 'X-Oss-Meta-Late': 'addition' };
    const response = await emulator.send('PUT', { key: 'late', body: '', signature, headers });
    expect(response.element('Code')).toBe('SignatureDoesNotMatch');
  });

  it.each([
    ['unsigned', {}, '', 403, 'AccessDenied', '0003-00000001', ''],
    ['of no known kind', { authorization: 'Basic eA==' }, '', 400, 'InvalidArgument', '0002-00000061', ''],
    [
      'without the credential',
      { authorization: 'OSS4-HMAC-SHA256 Signature=00' },
      '',
      400,
      'InvalidArgument',
      '0002-00000205',
      '',
    ],
    ['in query without Signature', {}, '?OSSAccessKeyId=a&Expires=1', 403, 'AccessDenied', '0002-00000074', ''],
    [
      'in query without end',
      {},
      '?x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-credential=c&x-oss-date=d',
      400,
      'InvalidArgument',
      '0002-00000215',
      '',
    ],
    [
      'in both places',
      { authorization: 'OSS a:b' },
      '?Signature=a&Expires=1&OSSAccessKeyId=a',
      400,
      'InvalidArgument',
      '0002-00000039',
      '',
    ],
    [
      'without a date',
      { authorization: `OSS ${CREDENTIALS.accessKeyId}:AA==` },
      '',
      403,
      'AccessDenied',
      '0002-00000503',
      '',
    ],
    [
      'ending at no time',
      {},
      `?OSSAccessKeyId=${CREDENTIALS.accessKeyId}&Expires=soon&Signature=a`,
      403,
      'AccessDenied',
      '0002-00000070',
      'Invalid date (should be seconds since epoch).',
    ],
    [
      'that has expired',
      {},
      `?OSSAccessKeyId=${CREDENTIALS.accessKeyId}&Expires=1&Signature=a`,
      403,
      'AccessDenied',
      '0002-00000069',
      'Request has expired.',
    ],
  ])('refuses a signature %s', async (_case, headers, query, status, code, ec, message) => {
    const response = await get(headers, query);
    expect([response.status, response.element('Code'), response.element('EC')]).toEqual([status, code, ec]);
    expect(response.element('Message')).toContain(message);
  });

  it('refuses a presigned URL after its end, and says when that was', async () => {
    const response = await get({}, presigned({ now: new Date(NOW.getTime() - 61_000) }));
    expect([response.status, response.element('Message'), response.element('EC')]).toEqual([
      403,
      'Request has expired.',
      '0002-00000236',
    ]);
    expect(response.element('Expires')).toBe('2026-11-22T11:43:44.000Z');
    expect(response.element('ServerTime')).toBe('2026-11-22T11:43:45.000Z');
  });

  it('refuses a presigned URL that would hold longer than seven days', async () => {
    const response = await get({}, presigned().replace('x-oss-expires=60', 'x-oss-expires=604801'));
    expect([response.status, response.element('EC')]).toEqual([400, '0002-00000232']);
  });

  it.each([
    ['region', { region: 'us-west-1' }, '0002-00000226', 'Invalid signing region in Authorization header.'],
    ['day', { now: NOW }, '0002-00000212', 'Invalid signing date in Authorization header.'],
    ['product', { region: REGION }, '0002-00000227', 'Invalid signing product in Authorization header.'],
  ])(
    'names the %s of the credential that is wrong',
    async (what, { region = REGION, now = NOW }: { region?: string; now?: Date }, ec, message) => {
      const parts = { method: 'GET', bucket: BUCKET, key: 'a b+中' };
      const { headers } = signRequest(parts, { credentials: CREDENTIALS, region, now });
      const authorization = (headers['authorization'] ?? '')
        .replace('/20261122/', what === 'day' ? '/20261121/' : '/20261122/')
        .replace('/oss/', what === 'product' ? '/s3/' : '/oss/');
      const response = await get({ ...headers, authorization });
      expect([response.status, response.element('Code'), response.element('EC'), response.element('Message')]).toEqual([
        400,
        'InvalidArgument',
        ec,
        message,
      ]);
    },
  );

  it.each(['us-west-1', ''])('names the region of a presigned URL that is wrong: "%s"', async (region) => {
    const url = presigned().replace('%2Fcn-hangzhou%2F', `%2F${region}%2F`);
    const response = await get({}, url);
    expect([response.status, response.element('Code'), response.element('EC'), response.element('Message')]).toEqual([
      400,
      'InvalidArgument',
      '0002-00000226',
      'The signing region in credential is invalid.',
    ]);
  });

  it('misses the bucket before the key id, but for a bucket that is to be made', async () => {
    const credentials = { accessKeyId: 'nobody', accessKeySecret: 'x' };
    const refusal = async (method: string, bucket: string, query: Record<string, string> = {}) => {
      const response = await emulator.send(method, { bucket, query, credentials });
      return [response.status, response.element('Code'), response.element('EC'), response.element('OSSAccessKeyId')];
    };
    const unknownKey = [403, 'InvalidAccessKeyId', '0002-00000902', 'nobody'];
    expect((await refusal('GET', 'never-made')).slice(0, 2)).toEqual([404, 'NoSuchBucket']);
    expect(await refusal('GET', BUCKET)).toEqual(unknownKey);
    expect(await refusal('PUT', 'never-made')).toEqual(unknownKey);
    expect(await refusal('PUT', 'never-made', { acl: '' })).toEqual(unknownKey);
    expect((await refusal('PUT', 'never-made', { versioning: '' })).slice(0, 2)).toEqual([404, 'NoSuchBucket']);
  });

  it('tells a client with a wrong clock both times, in XML and in the Date header', async () => {
    const response = await emulator.send('GET', { key: 'x', now: new Date(NOW.getTime() - 900_001) });
    expect(response.element('Code')).toBe('RequestTimeTooSkewed');
    expect(response.element('MaxAllowedSkewMilliseconds')).toBe('900000');
    expect(response.element('RequestTime')).toBe('2026-11-22T11:28:44.000Z');
    expect(response.element('ServerTime')).toBe('2026-11-22T11:43:45.000Z');
    expect(response.headers['date']).toBe('Sun, 22 Nov 2026 11:43:45 GMT');
    expect((await emulator.send('GET', { now: new Date(NOW.getTime() + 900_000) })).status).toBe(200);
  });
});
