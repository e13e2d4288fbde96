import { objectUrl, presignUrl, presignUrlV1, signRequest } from '@oss-callback/oss-signing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReceiver } from '../../test/callback-receiver.ts';
import { BUCKET, CREDENTIALS, REGION, sendPlain, sendRaw } from '../../test/emulator-client.ts';
import type { ClientResponse } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

interface DomainRequest {
  readonly host?: string;
  readonly bucket?: string;
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly version?: 'V1' | 'V4';
  readonly secret?: string;
}

describe('a signed request that names its bucket nowhere', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    await emulator.send('PUT', { bucket: 'photos' });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  /** As an SDK sends it to a custom domain: the bucket is under the signature only. */
  function send(method: string, request: DomainRequest, url = emulator.url): Promise<ClientResponse> {
    const { bucket = BUCKET, key, query = {}, version = 'V1', host = 'localhost:9280', body = '' } = request;
    const credentials = { ...CREDENTIALS, accessKeySecret: request.secret ?? CREDENTIALS.accessKeySecret };
    const own = { 'content-length': String(body.length), ...request.headers };
    const parts = { method, headers: own, bucket, query, ...(key !== undefined && { key }) };
    const { headers } = signRequest(parts, { version, credentials, region: REGION, now: new Date() });
    const path = objectUrl({ endpoint: url, addressing: 'custom-domain', bucket, key, query }).slice(url.length);
    return sendPlain(url, { method, path, headers: { ...headers, host }, body: Buffer.from(body) });
  }

  it.each([
    ['V1', 'localhost:9280', 'uploads/a.png'],
    ['V4', 'localhost:9280', 'uploads/a.png'],
    ['V1', 'oss-emulator:9280', 'a.png'],
    ['V4', 'img.example.com', '照片/IMG 1.png'],
    ['V1', '10.0.2.2:9280', 'Photos'],
    ['V4', '127.0.0.1', BUCKET],
    ['V1', 'localhost', `${BUCKET}/nested`],
  ] as const)('signed with %s, is found by its signature: %s, key %s', async (version, host, key) => {
    const asked = { host, key, version } as const;
    const put = await send('PUT', { ...asked, body: 'bytes', headers: { 'content-type': 'text/plain' } });
    expect([put.status, put.element('Message')]).toEqual([200, undefined]);
    expect((await emulator.send('GET', { key })).text).toBe('bytes');
    expect((await send('GET', asked)).text).toBe('bytes');
    expect((await send('DELETE', asked)).status).toBe(204);
    expect((await send('HEAD', asked)).status).toBe(404);
  });

  it('may be about the bucket itself', async () => {
    await emulator.send('PUT', { bucket: 'photos', key: 'listed', body: 'b' });
    for (const version of ['V1', 'V4'] as const) {
      const listed = await send('GET', { bucket: 'photos', query: { 'max-keys': '10' }, version });
      expect([listed.element('Name'), listed.element('Key')]).toEqual(['photos', 'listed']);
      expect((await send('GET', { bucket: 'photos', query: { acl: '' }, version })).element('Grant')).toBe('private');
      const headers = { 'x-oss-acl': 'private' };
      expect((await send('PUT', { bucket: 'photos', query: { acl: '' }, headers, version })).status).toBe(200);
      expect((await send('PUT', { bucket: 'photos', version })).status).toBe(200);
      const body = '<Delete><Object><Key>no-such</Key></Object></Delete>';
      const deleted = await send('POST', { bucket: 'photos', query: { delete: '' }, body, version });
      expect([deleted.status, deleted.element('Key')]).toEqual([200, 'no-such']);
    }
  });

  it('may be signed in its query', async () => {
    await emulator.send('PUT', { key: 'dir/signed', body: 'bytes' });
    const address = { endpoint: emulator.url, addressing: 'custom-domain', bucket: BUCKET, key: 'dir/signed' } as const;
    const signing = { ...address, method: 'GET', credentials: CREDENTIALS, now: new Date(), expiresIn: 60 } as const;
    for (const { url } of [presignUrl({ ...signing, region: REGION }), presignUrlV1(signing)]) {
      const path = url.slice(emulator.url.length);
      const response = await sendPlain(emulator.url, { method: 'GET', path, headers: { host: 'localhost' } });
      expect(response.text).toBe('bytes');
    }
  });

  it('says where its object is by the domain, and calls back for the bucket', async () => {
    await using receiver = await startReceiver();
    const param = { callbackUrl: receiver.url, callbackBody: '${bucket}/${object}' };
    const callback = { 'x-oss-callback': Buffer.from(JSON.stringify(param)).toString('base64') };
    const key = 'parts/whole';
    const begun = await send('POST', { key, query: { uploads: '' } });
    const uploadId = begun.element('UploadId') ?? '';
    expect(begun.element('Bucket')).toBe(BUCKET);
    await send('PUT', { key, query: { partNumber: '1', uploadId }, body: 'bytes' });
    const whole = { 'x-oss-complete-all': 'yes' };
    const plain = await send('POST', { key, query: { uploadId }, headers: whole });
    expect(plain.element('Location')).toBe('http://localhost:9280/parts%2Fwhole');
    await send('PUT', { key, body: 'bytes', headers: callback });
    expect(receiver.received.at(-1)?.body.toString()).toBe(`${BUCKET}/parts%2Fwhole`);
  });

  it('is found where path style is refused', async () => {
    await using strict = await startTestEmulator({ addressing: 'strict', buckets: ['strict-bucket'] });
    const asked = { bucket: 'strict-bucket', key: 'dir/a' };
    expect((await send('PUT', { ...asked, body: 'b' }, strict.url)).status).toBe(200);
    const byPath = await strict.send('GET', asked);
    expect(byPath.element('Code')).toBe('SecondLevelDomainForbidden');
  });

  it.each([
    ['with a wrong secret', { key: 'dir/a', secret: 'wrong' }, 403, 'SignatureDoesNotMatch'],
    ['for a bucket that is not there', { key: 'dir/a', bucket: 'not-there' }, 403, 'SignatureDoesNotMatch'],
    ['with a name in front that no bucket has', { key: 'A.png', secret: 'wrong' }, 400, 'InvalidBucketName'],
    ['under a name of OSS', { key: 'dir/a', host: 'oss-cn-hangzhou.aliyuncs.com' }, 403, 'SignatureDoesNotMatch'],
  ])('is refused as before %s', async (_case, request, status, code) => {
    const response = await send('PUT', { ...request, body: 'bytes' });
    expect([response.status, response.element('Code')]).toEqual([status, code]);
  });

  it('is nobody’s without a signature', async () => {
    await emulator.send('PUT', { bucket: 'open', headers: { 'x-oss-acl': 'public-read' } });
    await emulator.send('PUT', { bucket: 'open', key: 'dir/a', body: 'open' });
    const raw = await sendRaw(emulator.url, 'GET /dir/a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    expect(raw).toContain('<Code>NoSuchBucket</Code>');
  });
});
