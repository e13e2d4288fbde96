import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';
import { MemoryObjectStore } from '../store/memory-object-store.ts';

const ETAG = '"25F9E794323B453885F5181F1B624D0B"';
const STORED_AT = new Date('2026-11-22T11:43:45.600Z');

describe('GetObject', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator({ now: () => STORED_AT });
    await emulator.send('PUT', { key: 'k', body: '123456789', headers: { 'content-type': 'text/plain' } });
    await emulator.send('PUT', { key: 'empty', body: '' });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const get = (headers: Record<string, string> = {}, key = 'k') => emulator.send('GET', { key, headers });

  it('answers bytes and everything that is known of them', async () => {
    const response = await get();
    expect([response.status, response.text]).toEqual([200, '123456789']);
    expect(response.headers).toMatchObject({
      'content-length': '9',
      'content-type': 'text/plain',
      'accept-ranges': 'bytes',
      etag: ETAG,
      'last-modified': 'Sun, 22 Nov 2026 11:43:45 GMT',
      'content-md5': 'JfnnlDI7RTiF9RgfG2JNCw==',
      'x-oss-hash-crc64ecma': '11051210869376104954',
      'x-oss-object-type': 'Normal',
      'x-oss-storage-class': 'Standard',
    });
  });

  it('answers an empty object', async () => {
    const response = await get({}, 'empty');
    expect([response.status, response.headers['content-length'], response.text]).toEqual([200, '0', '']);
  });

  it('names the key that is missing, with its EC in body and header', async () => {
    const response = await get({}, 'not/there');
    expect([response.status, response.element('Code'), response.element('Key'), response.element('EC')]).toEqual([
      404,
      'NoSuchKey',
      'not/there',
      '0026-00000001',
    ]);
    expect(response.headers['x-oss-ec']).toBe('0026-00000001');
    expect(response.headers['content-type']).toBe('application/xml');
  });

  it.each([
    ['bytes=0-3', '1234', '0-3'],
    ['bytes=4-4', '5', '4-4'],
    ['bytes=5-', '6789', '5-8'],
    ['bytes=-2', '89', '7-8'],
    ['bytes=-9', '123456789', '0-8'],
    ['bytes=0-1,4-5', '12', '0-1'],
  ])('answers the range %s', async (range, text, contentRange) => {
    const response = await get({ range });
    expect([response.status, response.text, response.headers['content-range']]).toEqual([
      206,
      text,
      `bytes ${contentRange}/9`,
    ]);
    expect(response.headers['content-length']).toBe(String(text.length));
  });

  it.each(['bytes=0-9', 'bytes=9-', 'bytes=20-30', 'bytes=-10', 'bytes=3-2', 'byte=0-3', 'bytes=', 'bytes=a-b'])(
    'ignores the range %s, which is not wholly inside',
    async (range) => {
      const response = await get({ range });
      expect([response.status, response.text, response.headers['content-range']]).toEqual([
        200,
        '123456789',
        undefined,
      ]);
    },
  );

  it.each([
    ['bytes=4-100', 206, 'bytes 4-8/9'],
    ['bytes=-100', 206, 'bytes 0-8/9'],
    ['bytes=9-', 416, undefined],
    ['bytes=20-30', 416, undefined],
    ['byte=0-3', 200, undefined],
  ])('does with %s what HTTP says when asked to', async (range, status, contentRange) => {
    const response = await get({ range, 'x-oss-range-behavior': 'standard' });
    expect([response.status, response.headers['content-range']]).toEqual([status, contentRange]);
  });

  it('refuses the last 0 bytes', async () => {
    const response = await get({ range: 'bytes=-0' });
    expect([response.status, response.element('Code')]).toEqual([416, 'InvalidRange']);
  });

  it('ignores every range of an empty object', async () => {
    expect((await get({ range: 'bytes=0-' }, 'empty')).status).toBe(200);
    expect((await get({ range: 'bytes=0-', 'x-oss-range-behavior': 'standard' }, 'empty')).status).toBe(416);
  });

  const BEFORE = 'Sun, 22 Nov 2026 11:43:44 GMT';
  const THEN = 'Sun, 22 Nov 2026 11:43:45 GMT';

  it.each([
    [{ 'if-match': ETAG }, 200],
    [{ 'if-match': '25f9e794323b453885f5181f1b624d0b' }, 200],
    [{ 'if-match': '"other"' }, 412],
    [{ 'if-none-match': ETAG }, 304],
    [{ 'if-none-match': '"other", ' + ETAG }, 304],
    [{ 'if-none-match': '*' }, 304],
    [{ 'if-none-match': '"other"' }, 200],
    [{ 'if-modified-since': BEFORE }, 200],
    [{ 'if-modified-since': THEN }, 304],
    [{ 'if-modified-since': 'yesterday' }, 200],
    [{ 'if-modified-since': '2099' }, 200],
    [{ 'if-modified-since': 'Sunday, 22-Nov-26 11:43:45 GMT' }, 304],
    [{ 'if-modified-since': 'Sun Nov 22 11:43:45 2026' }, 304],
    [{ 'if-modified-since': 'Sun Nov 22 11:43:44 2026' }, 200],
    [{ 'if-none-match': '"other"', 'if-modified-since': THEN }, 200],
    [{ 'if-none-match': ETAG, 'if-modified-since': BEFORE }, 304],
    [{ 'if-none-match': `W/${ETAG}` }, 304],
    [{ 'if-match': `W/${ETAG}` }, 412],
    [{ 'if-match': ETAG, 'if-unmodified-since': BEFORE }, 200],
    [{ 'if-unmodified-since': THEN }, 200],
    [{ 'if-unmodified-since': BEFORE }, 412],
    [{ 'if-match': '"other"', 'if-none-match': ETAG }, 412],
  ])('answers the condition %j with %i', async (headers, status) => {
    for (const method of ['GET', 'HEAD']) {
      // oxlint-disable-next-line no-await-in-loop
      const response = await emulator.send(method, { key: 'k', headers });
      expect(response.status).toBe(status);
      expect(response.text === '').toBe(method === 'HEAD' || status === 304);
    }
  });

  it('names the condition that failed', async () => {
    expect((await get({ 'if-match': '"other"' })).element('Condition')).toBe('If-Match');
  });

  it('replaces headers by what a signed request asks for', async () => {
    const query = {
      'response-content-type': 'image/x',
      'response-cache-control': 'max-age=1',
      'response-content-disposition': 'attachment; filename="日 出"',
      'response-content-encoding': 'none',
      'response-content-language': 'zh',
      'response-expires': THEN,
    };
    for (const signature of ['V1', 'V4'] as const) {
      // oxlint-disable-next-line no-await-in-loop
      const response = await emulator.send('GET', { key: 'k', query, signature });
      expect(response.headers).toMatchObject({
        'content-type': 'image/x',
        'cache-control': 'max-age=1',
        'content-disposition': 'attachment; filename="日 出"',
        'content-encoding': 'none',
        'content-language': 'zh',
        expires: THEN,
      });
    }
  });

  it('lets no header value end its line', async () => {
    const query = { 'response-content-disposition': 'a\r\nx-injected: 1' };
    const response = await emulator.send('GET', { key: 'k', query });
    expect(response.headers['x-injected']).toBeUndefined();
    expect(response.headers['content-disposition']).toBe('a  x-injected: 1');
  });

  it('answers head and bytes of the same version when the object is replaced in between', async () => {
    /** Replaces the object by a shorter one after every look at its head, twice. */
    class RestlessStore extends MemoryObjectStore {
      replacements = ['v2', 'v3'];
      override async head(bucket: string, key: string) {
        const before = await super.head(bucket, key);
        const body = this.replacements.shift();
        if (before === undefined || body === undefined) return before;
        const staged = await this.stage(
          (async function* bytes() {
            yield Buffer.from(body);
          })(),
        );
        await this.commit(staged, { ...before, etag: body });
        return before;
      }
    }
    await using restless = await startTestEmulator({ store: new RestlessStore() });
    await restless.send('PUT', { key: 'k', body: 'the first version' });
    const response = await restless.send('GET', { key: 'k' });
    expect([response.headers['etag'], response.headers['content-length'], response.text]).toEqual(['"v3"', '2', 'v3']);
  });
});

describe('HeadObject and GetObjectMeta', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    await emulator.send('PUT', { key: 'k', body: '123456789', headers: { 'x-oss-meta-a': 'b' } });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  it('HeadObject answers the headers of GetObject', async () => {
    const head = await emulator.send('HEAD', { key: 'k' });
    const get = await emulator.send('GET', { key: 'k' });
    const comparable = ({ headers }: typeof head) =>
      Object.entries(headers).filter(([name]) => !['date', 'x-oss-request-id', 'x-oss-server-time'].includes(name));
    expect(comparable(head)).toEqual(comparable(get));
    expect([head.status, head.text, head.headers['x-oss-meta-a']]).toEqual([200, '', 'b']);
  });

  it('GetObjectMeta answers size, ETag and time, and no metadata', async () => {
    const { status, headers } = await emulator.send('HEAD', { key: 'k', query: { objectMeta: '' } });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ etag: ETAG, 'content-length': '9' });
    expect(headers['last-modified']).toBeDefined();
    expect(headers['x-oss-meta-a']).toBeUndefined();
  });

  it('GetObjectMeta answers a last access only while the bucket tracks it', async () => {
    const track = (status: string) =>
      emulator.send('PUT', {
        query: { accessmonitor: '' },
        body: `<AccessMonitorConfiguration><Status>${status}</Status></AccessMonitorConfiguration>`,
      });
    const lastAccess = async () => {
      const { headers } = await emulator.send('HEAD', { key: 'k', query: { objectMeta: '' } });
      return [headers['x-oss-last-access-time'], headers['last-modified']] as const;
    };
    expect((await lastAccess())[0]).toBeUndefined();
    expect((await track('Enabled')).status).toBe(200);
    const [accessed, modified] = await lastAccess();
    expect(accessed).toBe(modified);
    await track('Disabled');
    expect((await lastAccess())[0]).toBeUndefined();
  });

  it.each([{}, { objectMeta: '' }])('put the error of a HEAD into its headers, query %j', async (query) => {
    const { status, headers, text } = await emulator.send('HEAD', { key: 'missing', query });
    expect([status, text]).toEqual([404, '']);
    expect(headers['x-oss-ec']).toBe('0026-00000001');
    const xml = Buffer.from(headers['x-oss-err']!, 'base64').toString('utf8');
    expect(xml).toContain('<Code>NoSuchKey</Code>');
    expect(xml).toContain(`<RequestId>${headers['x-oss-request-id']}</RequestId>`);
  });
});
