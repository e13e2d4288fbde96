import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerJson, startReceiver } from '../../test/callback-receiver.ts';
import type { CallbackReceiver } from '../../test/callback-receiver.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';
import { crc64 } from '../digests/crc64.ts';

const BODY =
  'object=${object}&etag=${etag}&size=${size}&type=${mimeType}&crc=${crc64}&md5=${contentMd5}&op=${operation}';

describe('CompleteMultipartUpload with a callback', () => {
  let emulator: TestEmulator;
  let receiver: CallbackReceiver;
  let status = 200;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    receiver = await startReceiver((response) => {
      if (status === 200) answerJson(response);
      else response.writeHead(status, { 'content-length': 2 }).end('{}');
    });
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await receiver[Symbol.asyncDispose]();
  });

  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64');
  const callback = (more = {}) => base64({ callbackUrl: receiver.url, callbackBody: BODY, ...more });
  const begin = async (key: string, body: string | Uint8Array = 'bytes', headers = {}): Promise<string> => {
    const begun = await emulator.send('POST', { key, query: { uploads: '' }, headers });
    const uploadId = begun.element('UploadId') ?? '';
    await emulator.send('PUT', { key, query: { uploadId, partNumber: '1' }, body });
    return uploadId;
  };
  const complete = (key: string, uploadId: string, headers = {}, query = {}) =>
    emulator.send('POST', {
      key,
      query: { uploadId, ...query },
      headers: { 'x-oss-complete-all': 'yes', ...headers },
    });

  it.each(['header', 'query'])(
    'carried by the %s, answers what the receiver answers, with the headers of the object',
    async (carrier) => {
      const uploadId = await begin('k', 'bytes', { 'content-type': 'text/plain' });
      const before = receiver.received.length;
      const variable = base64({ 'x:who': '李' });
      const param = callback({ callbackBody: `${BODY}&who=\${x:who}` });
      const response = await (carrier === 'header'
        ? complete('k', uploadId, { 'x-oss-callback': param, 'x-oss-callback-var': variable })
        : complete('k', uploadId, {}, { callback: param, 'callback-var': variable }));
      const etag = /^"([0-9A-F]{32}-1)"$/.exec(response.headers['etag'] ?? '')?.[1];
      const checkSum = String(crc64(Buffer.from('bytes')));
      expect([response.status, response.text, response.headers['content-type']]).toEqual([
        200,
        '{"Status":"OK"}',
        'application/json',
      ]);
      expect(response.headers['x-oss-hash-crc64ecma']).toBe(checkSum);
      expect(receiver.received).toHaveLength(before + 1);
      expect(receiver.received.at(-1)?.body.toString()).toBe(
        `object=k&etag=${etag}&size=5&type=text%2Fplain&crc=${checkSum}&md5=&op=CompleteMultipartUpload&who=%E6%9D%8E`,
      );
    },
  );

  it('goes as the Android SDK does it: V1, a raw callback header from the beginning on, slashes escaped', async () => {
    const key = 'dir/android.bin';
    const signed = { key, signature: 'V1' } as const;
    const param = `{"callbackBody":"test","callbackUrl":"${receiver.url.replaceAll('/', '\\/')}"}`;
    const headers = {
      'x-oss-callback': Buffer.from(param).toString('base64'),
      'content-type': 'application/octet-stream',
    };
    const before = receiver.received.length;
    const begun = await emulator.send('POST', { ...signed, query: { uploads: '', sequential: '' }, headers });
    expect([begun.status, begun.headers['content-type']]).toEqual([200, 'application/xml']);
    const uploadId = begun.element('UploadId') ?? '';
    const md5 = createHash('md5').update('bytes').digest('base64');
    const part = await emulator.send('PUT', {
      ...signed,
      query: { partNumber: '1', uploadId },
      headers: { 'content-md5': md5, 'content-type': 'application/octet-stream' },
      body: 'bytes',
    });
    expect(part.headerNames).toContain('ETag');
    const listed = await emulator.send('GET', { ...signed, query: { uploadId } });
    expect([listed.element('PartNumber'), listed.element('Size')]).toEqual(['1', '5']);
    const body = `<CompleteMultipartUpload>\n<Part>\n<PartNumber>1</PartNumber>\n<ETag>${listed.element('ETag')}</ETag>\n</Part>\n</CompleteMultipartUpload>\n`;
    const completed = await emulator.send('POST', { ...signed, query: { uploadId }, headers, body });
    expect([completed.status, completed.text]).toEqual([200, '{"Status":"OK"}']);
    expect(completed.headers['content-type']).not.toBe('application/xml');
    expect(completed.headerNames).toEqual(expect.arrayContaining(['ETag', 'x-oss-hash-crc64ecma', 'x-oss-request-id']));
    expect(receiver.received.slice(before).map((sent) => sent.body.toString())).toEqual(['test']);
  });

  it('tells width and height of an image that came in parts', async () => {
    const image = await readFile(new URL('../image-info/fixtures/rgb.png', import.meta.url));
    const uploadId = await begin('image', image);
    const callbackBody = 'w=${imageInfo.width}&h=${imageInfo.height}&f=${imageInfo.format}';
    await complete('image', uploadId, { 'x-oss-callback': callback({ callbackBody }) });
    expect(receiver.received.at(-1)?.body.toString()).toBe('w=61&h=37&f=png');
  });

  it('keeps the object when the receiver fails, and the upload is over', async () => {
    const uploadId = await begin('kept');
    status = 301;
    const response = await complete('kept', uploadId, { 'x-oss-callback': callback() });
    status = 200;
    expect([response.status, response.element('Code'), response.element('Message'), response.element('EC')]).toEqual([
      203,
      'CallbackFailed',
      'Error status : 301.',
      '0007-00000203',
    ]);
    expect(response.headers['etag']).toMatch(/^"[0-9A-F]{32}-1"$/);
    expect(response.headers['x-oss-hash-crc64ecma']).toBe(String(crc64(Buffer.from('bytes'))));
    expect((await emulator.send('GET', { key: 'kept' })).text).toBe('bytes');
    // The Go SDK's uploader aborts after a 203.
    const aborted = await emulator.send('DELETE', { key: 'kept', query: { uploadId } });
    expect(aborted.element('Code')).toBe('NoSuchUpload');
    expect((await complete('kept', uploadId)).status).toBe(404);
    expect((await emulator.send('GET', { key: 'kept' })).text).toBe('bytes');
  });

  it.each([
    ['that is not Base64', () => ({ 'x-oss-callback': '*' }), '0007-00000002'],
    ['without a body', () => ({ 'x-oss-callback': callback({ callbackBody: '' }) }), '0007-00000011'],
    [
      'to a metadata address',
      () => ({ 'x-oss-callback': callback({ callbackUrl: 'http://169.254.169.254/' }) }),
      '0007-00000008',
    ],
  ])('refuses one %s before anything is stored, and the upload goes on', async (_case, headers, ec) => {
    const uploadId = await begin('refused');
    const before = receiver.received.length;
    const response = await complete('refused', uploadId, headers());
    expect([response.status, response.element('EC')]).toEqual([400, ec]);
    expect((await emulator.send('HEAD', { key: 'refused' })).status).toBe(404);
    expect(receiver.received).toHaveLength(before);
    expect((await complete('refused', uploadId)).status).toBe(200);
    await emulator.send('DELETE', { key: 'refused' });
  });

  it('is not called for a list that is refused, nor by any other step', async () => {
    const headers = { 'x-oss-callback': callback() };
    const before = receiver.received.length;
    const uploadId = await begin('steps', 'bytes', headers);
    await emulator.send('PUT', { key: 'steps', query: { uploadId, partNumber: '1' }, body: 'b', headers });
    const body =
      '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>x</ETag></Part></CompleteMultipartUpload>';
    expect((await emulator.send('POST', { key: 'steps', query: { uploadId }, headers, body })).status).toBe(400);
    await emulator.send('DELETE', { key: 'steps', query: { uploadId }, headers });
    expect(receiver.received).toHaveLength(before);
  });
});
