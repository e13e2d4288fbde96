import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';
import { MemoryObjectStore } from '../store/memory-object-store.ts';

const OTHER_BUCKET = 'another-bucket';
const YEAR_MS = 365 * 24 * 3_600_000;

describe('CopyObject', () => {
  let emulator: TestEmulator;
  let etag: string;
  let lastModified: string;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    await emulator.send('PUT', { bucket: OTHER_BUCKET });
    const headers = {
      'content-type': 'image/png',
      'x-oss-meta-owner': '名',
      'cache-control': 'no-cache',
      'content-language': 'zh',
    };
    await emulator.send('PUT', { key: 'source', body: 'bytes', headers });
    const head = await emulator.send('HEAD', { key: 'source' });
    etag = head.headers['etag'] ?? '';
    lastModified = head.headers['last-modified'] ?? '';
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const copy = (key: string, headers: Record<string, string> = {}, bucket = BUCKET) =>
    emulator.send('PUT', { bucket, key, headers: { 'x-oss-copy-source': `/${BUCKET}/source`, ...headers } });
  const head = async (key: string, bucket = BUCKET) => (await emulator.send('HEAD', { bucket, key })).headers;

  it('makes an object of the same bytes, digests and metadata', async () => {
    const response = await copy('copied');
    expect(response.status).toBe(200);
    expect(response.text).toContain('<CopyObjectResult>');
    expect(response.element('ETag')).toBe(etag);
    expect(response.element('LastModified')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
    expect(response.headers).toMatchObject({ etag, 'content-type': 'application/xml' });
    const got = await emulator.send('GET', { key: 'copied' });
    const source = await head('source');
    expect(got.text).toBe('bytes');
    for (const name of [
      'etag',
      'content-type',
      'x-oss-meta-owner',
      'cache-control',
      'content-language',
      'x-oss-hash-crc64ecma',
    ]) {
      expect([name, got.headers[name]]).toEqual([name, source[name]]);
    }
  });

  it('copies from one bucket to another, and overwrites', async () => {
    await emulator.send('PUT', { bucket: OTHER_BUCKET, key: 'target', body: 'old' });
    expect((await copy('target', {}, OTHER_BUCKET)).status).toBe(200);
    expect((await emulator.send('GET', { bucket: OTHER_BUCKET, key: 'target' })).text).toBe('bytes');
  });

  it.each([
    ['percent-encoded, slashes too', 'a;,/?:@&=+$#名 b.js', encodeURIComponent],
    ['percent-encoded, slashes not', 'a/b/名 c+d', encodeURI],
    [
      'with + for a blank, as the Go SDK writes it',
      'a b+c/d',
      (key: string) => new URLSearchParams({ key }).toString().slice(4),
    ],
    ['as it is', '名/raw', (key: string) => key],
  ])('finds a source whose key is written %s', async (_case, key, write) => {
    await emulator.send('PUT', { key, body: key });
    const written = write(key).replaceAll('d+', 'd%2B').replace('c+d', 'c%2Bd');
    expect((await copy('found', { 'x-oss-copy-source': `/${BUCKET}/${written}` })).status).toBe(200);
    expect((await emulator.send('GET', { key: 'found' })).text).toBe(key);
  });

  describe('with a metadata directive', () => {
    it('COPY takes nothing of the request but the storage class', async () => {
      const headers = { 'content-type': 'text/plain', 'x-oss-meta-owner': 'x', 'x-oss-storage-class': 'IA' };
      await copy('directed', { ...headers, 'x-oss-metadata-directive': 'COPY' });
      expect(await head('directed')).toMatchObject({
        'content-type': 'image/png',
        'x-oss-meta-owner': '名',
        'x-oss-storage-class': 'IA',
      });
    });

    it('REPLACE takes nothing of the source but the bytes, and its content type when none is given', async () => {
      const replace = { 'x-oss-metadata-directive': 'REPLACE', 'x-oss-meta-new': 'n' };
      await copy('directed', replace);
      expect((await head('directed'))['content-type']).toBe('image/png');
      await copy('directed', { ...replace, 'content-type': 'a/b' });
      const headers = await head('directed');
      expect(headers).toMatchObject({ 'content-type': 'a/b', 'x-oss-meta-new': 'n', etag });
      expect([headers['x-oss-meta-owner'], headers['cache-control']]).toEqual([undefined, undefined]);
    });

    it('REPLACE leaves what decrypts the bytes', async () => {
      const encryption = 'x-oss-meta-client-side-encryption-key';
      await emulator.send('PUT', {
        key: 'encrypted',
        body: 'b',
        headers: { [encryption]: 'k', 'x-oss-meta-other': 'o' },
      });
      const source = { 'x-oss-copy-source': `/${BUCKET}/encrypted` };
      await copy('directed', { ...source, 'x-oss-metadata-directive': 'replace' });
      const headers = await head('directed');
      expect([headers[encryption], headers['x-oss-meta-other']]).toEqual(['k', undefined]);
    });

    it('of any kind, replaces the metadata of an object that is copied onto itself', async () => {
      await copy('itself');
      const headers = { 'x-oss-copy-source': `/${BUCKET}/itself`, 'x-oss-meta-new': 'n' };
      expect((await copy('itself', headers)).status).toBe(200);
      expect((await head('itself'))['x-oss-meta-owner']).toBeUndefined();
      expect((await head('itself'))['x-oss-meta-new']).toBe('n');
      expect((await emulator.send('GET', { key: 'itself' })).text).toBe('bytes');
    });

    it.each(['x-oss-metadata-directive', 'x-oss-tagging-directive'])('%s of another name is refused', async (name) => {
      const response = await copy('directed', { [name]: 'copy it' });
      expect([response.status, response.element('ArgumentName')]).toEqual([400, name]);
    });
  });

  describe('of an object with attributes', () => {
    const tagsOf = async (key: string) => {
      const { text } = await emulator.send('GET', { key, query: { tagging: '' } });
      return [...text.matchAll(/<Key>(.*)<\/Key>/g)].map(([, tag]) => tag);
    };
    const from = (key: string) => ({ 'x-oss-copy-source': `/${BUCKET}/${key}` });

    it('takes its tags, unless it is told to replace them', async () => {
      await emulator.send('PUT', { key: 'tagged', body: 'b', headers: { 'x-oss-tagging': 'a=1&b=2' } });
      await copy('tags', { ...from('tagged'), 'x-oss-tagging': 'c=3' });
      expect(await tagsOf('tags')).toEqual(['a', 'b']);
      await copy('tags', { ...from('tagged'), 'x-oss-tagging': 'c=3', 'x-oss-tagging-directive': 'Replace' });
      expect(await tagsOf('tags')).toEqual(['c']);
    });

    it('takes neither its ACL nor its encryption', async () => {
      const attributes = { 'x-oss-object-acl': 'public-read', 'x-oss-server-side-encryption': 'AES256' };
      await emulator.send('PUT', { key: 'opened', body: 'b', headers: attributes });
      await copy('closed', from('opened'));
      const acl = await emulator.send('GET', { key: 'closed', query: { acl: '' } });
      expect(acl.element('Grant')).toBe('default');
      expect((await head('closed'))['x-oss-server-side-encryption']).toBeUndefined();
      const response = await copy('closed', { ...from('opened'), ...attributes });
      expect(response.headers['x-oss-server-side-encryption']).toBe('AES256');
      expect((await emulator.send('GET', { key: 'closed', query: { acl: '' } })).element('Grant')).toBe('public-read');
    });

    it('is refused while it is archived', async () => {
      await emulator.send('PUT', { key: 'archived', body: 'b', headers: { 'x-oss-storage-class': 'Archive' } });
      expect((await copy('k', from('archived'))).element('Code')).toBe('InvalidObjectState');
    });

    it('that is a symlink makes another symlink', async () => {
      const headers = { 'x-oss-symlink-target': 'source' };
      await emulator.send('PUT', { key: 'link', query: { symlink: '' }, headers });
      expect((await copy('link-copy', from('link'))).status).toBe(200);
      const link = await emulator.send('GET', { key: 'link-copy', query: { symlink: '' } });
      expect(link.headers['x-oss-symlink-target']).toBe('source');
      expect((await emulator.send('GET', { key: 'link-copy' })).text).toBe('bytes');
    });
  });

  describe('on condition', () => {
    const later = new Date(Date.now() + YEAR_MS).toUTCString();
    const earlier = new Date(Date.now() - YEAR_MS).toUTCString();

    it.each([
      ['if-match', () => '', 200, undefined],
      ['if-match', () => etag, 200, undefined],
      ['if-match', () => 'other', 412, 'If-Match'],
      ['if-none-match', () => 'other', 200, undefined],
      ['if-none-match', () => etag, 304, undefined],
      ['if-modified-since', () => earlier, 200, undefined],
      ['if-modified-since', () => lastModified, 304, undefined],
      ['if-modified-since', () => later, 304, undefined],
      ['if-unmodified-since', () => later, 200, undefined],
      ['if-unmodified-since', () => lastModified, 200, undefined],
      ['if-unmodified-since', () => earlier, 412, 'If-Unmodified-Since'],
    ])('%s answers what it should (case %#)', async (name, value, status, condition) => {
      // ali-oss sends its condition by both names.
      const response = await copy('conditional', { [`x-oss-copy-source-${name}`]: value(), [name]: value() });
      expect([response.status, response.element('Condition')]).toEqual([status, condition]);
    });
  });

  it.each([
    ['', undefined],
    ['source', '0016-00000304'],
    [BUCKET, '0016-00000304'],
    [`/${BUCKET}/`, '0016-00000304'],
    [`/${BUCKET}/%zz`, '0016-00000304'],
    [`/${BUCKET}/source?unknown=xxx`, '0016-00000304'],
    [`/${BUCKET}/source?versionId=`, '0016-00000305'],
  ])('refuses the source %j', async (source, ec) => {
    const response = await copy('k', { 'x-oss-copy-source': source });
    expect([response.status, response.element('ArgumentName'), response.element('EC')]).toEqual([
      400,
      'x-oss-copy-source',
      ec,
    ]);
  });

  it('says what is missing: target bucket, source bucket, source', async () => {
    expect((await copy('k', {}, 'no-such-bucket')).element('Code')).toBe('NoSuchBucket');
    const codeFor = async (source: string) => (await copy('k', { 'x-oss-copy-source': source })).element('Code');
    expect(await codeFor('/no-such-bucket/k')).toBe('NoSuchBucket');
    expect(await codeFor('/Not_A_Bucket/k')).toBe('NoSuchBucket');
    expect(await codeFor(`/${BUCKET}/not there`)).toBe('NoSuchKey');
    // C SDK, test_copy_object_negative.
    expect(await codeFor(`/${BUCKET}/${'A'.repeat(1024)}`)).toBe('InvalidObjectName');
  });

  it('keeps an object that must not be overwritten', async () => {
    await emulator.send('PUT', { key: 'precious', body: 'old' });
    const response = await copy('precious', { 'x-oss-forbid-overwrite': 'true' });
    expect([response.status, response.element('Code')]).toEqual([409, 'FileAlreadyExists']);
    expect((await emulator.send('GET', { key: 'precious' })).text).toBe('old');
  });

  describe('in a bucket with versions', () => {
    const bucket = 'bucket-with-versions';
    const store = new MemoryObjectStore();
    let versioned: TestEmulator;
    let first: string;

    beforeAll(async () => {
      versioned = await startTestEmulator({ store });
      await versioned.send('PUT', { bucket });
      await versioned.send('PUT', { bucket, key: 'before', body: 'before' });
      await store.updateBucket(bucket, (record) => ({ ...record, versioning: 'Enabled' }));
      const put = await versioned.send('PUT', { bucket, key: 'k', body: 'first' });
      first = put.headers['x-oss-version-id'] ?? '';
      await versioned.send('PUT', { bucket, key: 'k', body: 'second' });
    });
    afterAll(() => versioned[Symbol.asyncDispose]());

    const copyTo = (key: string, source: string, query = {}) =>
      versioned.send('PUT', { bucket, key, query, headers: { 'x-oss-copy-source': `/${bucket}/${source}` } });

    it('copies the version that is named, and says which versions it read and made', async () => {
      const response = await copyTo('target', `k?versionId=${first}`);
      expect(response.headers['x-oss-copy-source-version-id']).toBe(first);
      expect(response.headers['x-oss-version-id']).toMatch(/./);
      expect((await versioned.send('GET', { bucket, key: 'target' })).text).toBe('first');
      const current = await copyTo('target', 'k');
      expect(current.headers['x-oss-copy-source-version-id']).toMatch(/./);
      expect((await versioned.send('GET', { bucket, key: 'target' })).text).toBe('second');
    });

    it('reads what was there before versioning by the id null', async () => {
      const response = await copyTo('target', 'before?versionId=null');
      expect(response.headers['x-oss-copy-source-version-id']).toBe('null');
      expect((await copyTo('target', 'before?versionId=none')).status).toBe(400);
    });

    it('makes an earlier version the current one, when it is copied onto its own key', async () => {
      const response = await copyTo('k', `k?versionId=${first}`);
      expect(response.status).toBe(200);
      expect(response.headers['x-oss-version-id']).not.toBe(first);
      expect((await versioned.send('GET', { bucket, key: 'k' })).text).toBe('first');
    });

    it('copies parts of a version, and completes to a version', async () => {
      const begun = await versioned.send('POST', { bucket, key: 'parts', query: { uploads: '' } });
      const uploadId = begun.element('UploadId') ?? '';
      const part = await copyTo('parts', `k?versionId=${first}`, { uploadId, partNumber: '1' });
      expect(part.headers['x-oss-copy-source-version-id']).toBe(first);
      const headers = { 'x-oss-complete-all': 'yes' };
      const completed = await versioned.send('POST', { bucket, key: 'parts', query: { uploadId }, headers });
      expect(completed.headers['x-oss-version-id']).toMatch(/./);
      expect((await versioned.send('GET', { bucket, key: 'parts' })).text).toBe('first');
    });
  });

  it('lets an anonymous caller read only what the ACL of the source opens', async () => {
    const open = 'open-to-everybody';
    await emulator.send('PUT', { bucket: open, headers: { 'x-oss-acl': 'public-read-write' } });
    await emulator.send('PUT', { bucket: open, key: 'public', body: 'public' });
    const copyFrom = (source: string) =>
      emulator.send('PUT', { bucket: open, key: 'k', signature: 'none', headers: { 'x-oss-copy-source': source } });
    expect((await copyFrom(`/${BUCKET}/source`)).element('Code')).toBe('AccessDenied');
    expect((await copyFrom(`/${open}/public`)).status).toBe(200);
  });

  describe('of a part', () => {
    const begin = async () =>
      (await emulator.send('POST', { key: 'parts', query: { uploads: '' } })).element('UploadId') ?? '';
    const copyPart = (uploadId: string, headers: Record<string, string>, partNumber = '1') =>
      emulator.send('PUT', {
        key: 'parts',
        query: { uploadId, partNumber },
        headers: { 'x-oss-copy-source': `/${BUCKET}/source`, ...headers },
      });
    const result = async (uploadId: string) => {
      await emulator.send('POST', { key: 'parts', query: { uploadId }, headers: { 'x-oss-complete-all': 'yes' } });
      return (await emulator.send('GET', { key: 'parts' })).text;
    };

    it('takes the whole source, with its digests', async () => {
      const uploadId = await begin();
      const response = await copyPart(uploadId, {});
      expect(response.text).toContain('<CopyPartResult>');
      expect([response.element('ETag'), response.headers['etag']]).toEqual([etag, etag]);
      expect(response.headers['x-oss-hash-crc64ecma']).toBe((await head('source'))['x-oss-hash-crc64ecma']);
      expect(await result(uploadId)).toBe('bytes');
    });

    it.each([
      ['bytes=1-3', 'yte'],
      ['bytes=2-', 'tes'],
      ['bytes=4-9', 'bytes'],
      ['nonsense', 'bytes'],
    ])('takes %s of it', async (range, expected) => {
      const uploadId = await begin();
      expect((await copyPart(uploadId, { 'x-oss-copy-source-range': range })).status).toBe(200);
      expect(await result(uploadId)).toBe(expected);
    });

    it.each([
      [{ 'x-oss-copy-source': '' }, 'InvalidArgument', '0042-00000302'],
      [{ 'x-oss-copy-source': 'bucket/key' }, 'InvalidArgument', '0042-00000301'],
      [{ 'x-oss-copy-source': `/${BUCKET}/none` }, 'NoSuchKey', '0026-00000001'],
      [{ 'x-oss-copy-source-if-match': 'other' }, 'PreconditionFailed', undefined],
    ])('refuses %j', async (headers, code, ec) => {
      const response = await copyPart(await begin(), headers);
      expect([response.element('Code'), response.element('EC')]).toEqual([code, ec]);
    });

    it.each([
      ['equals If-None-Match', () => ({ 'x-oss-copy-source-if-none-match': etag })],
      [
        'is older than If-Modified-Since',
        () => ({ 'x-oss-copy-source-if-modified-since': new Date(Date.now() + YEAR_MS).toUTCString() }),
      ],
    ])('answers 304 without a body for a source that %s', async (_case, conditions) => {
      const response = await copyPart(await begin(), conditions());
      expect([response.status, response.text]).toEqual([304, '']);
    });
  });
});
