import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, sendPlain } from '../../test/emulator-client.ts';
import type { ClientRequest } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';
import { crc64 } from '../digests/crc64.ts';

const PART_BYTES = 100 * 1024;
const NO_SUCH_UPLOAD =
  'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.';

const md5 = (bytes: string | Uint8Array) => createHash('md5').update(bytes);
const part = (fill: string, sizeBytes = PART_BYTES) => Buffer.alloc(sizeBytes, fill);

describe('a multipart upload', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const initiate = async (key: string, request: ClientRequest = {}): Promise<string> => {
    const query = { uploads: '', ...request.query };
    const response = await emulator.send('POST', { ...request, key, query });
    expect(response.status).toBe(200);
    return response.element('UploadId') ?? '';
  };
  const upload = (key: string, uploadId: string, partNumber: number | string, body: Uint8Array, headers = {}) =>
    emulator.send('PUT', { key, query: { uploadId, partNumber: String(partNumber) }, body, headers });
  const completeWith = (key: string, uploadId: string, body: string, request: ClientRequest = {}) =>
    emulator.send('POST', { ...request, key, query: { uploadId, ...request.query }, body });
  const listOf = (parts: ReadonlyArray<readonly [number | string, string]>) =>
    `<CompleteMultipartUpload>${parts
      .map(([number, etag]) => `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`)
      .join('')}</CompleteMultipartUpload>`;
  const complete = (
    key: string,
    uploadId: string,
    parts: ReadonlyArray<readonly [number | string, string]>,
    request: ClientRequest = {},
  ) => completeWith(key, uploadId, listOf(parts), request);
  const partsOf = async (key: string, uploadId: string, query = {}) => {
    const response = await emulator.send('GET', { key, query: { uploadId, ...query } });
    const numbers = [...response.text.matchAll(/<PartNumber>(\d+)/g)].map(([, number]) => Number(number));
    return { response, numbers };
  };
  const codeOf = ({ status, element }: Awaited<ReturnType<TestEmulator['send']>>) => [
    status,
    element('Code'),
    element('EC'),
  ];

  describe('from beginning to end', () => {
    const key = 'dir/large file+中~.bin';
    const bodies = [part('a'), part('b'), part('c', 11)] as const;
    const whole = Buffer.concat(bodies);
    const etags = bodies.map((body) => `"${md5(body).digest('hex').toUpperCase()}"`);

    it('answers each part with its digests, and the whole with those of the object', async () => {
      const headers = { 'content-type': 'image/png', 'x-oss-meta-owner': 'me', 'cache-control': 'no-cache' };
      const uploadId = await initiate(key, { headers });
      expect(uploadId).toMatch(/^[0-9A-F]{32}$/);
      for (const [index, body] of bodies.entries()) {
        const response = await upload(key, uploadId, index + 1, body);
        expect(response.status).toBe(200);
        expect(response.body).toHaveLength(0);
        expect(response.headers).toMatchObject({
          etag: etags[index],
          'content-md5': md5(body).digest('base64'),
          'x-oss-hash-crc64ecma': String(crc64(body)),
        });
      }
      expect((await emulator.send('HEAD', { key })).status).toBe(404);

      const response = await complete(
        key,
        uploadId,
        etags.map((etag, index) => [index + 1, etag]),
      );
      const etag = `"${md5(etags.join('').replaceAll('"', '')).digest('hex').toUpperCase()}-3"`;
      expect(response.status).toBe(200);
      expect(response.headers).toMatchObject({
        'content-type': 'application/xml',
        etag,
        'x-oss-hash-crc64ecma': String(crc64(whole)),
      });
      expect(response.headers['content-md5']).toBeUndefined();
      expect(response.element('ETag')).toBe(etag);
      expect(response.element('Bucket')).toBe(BUCKET);
      expect(response.element('Key')).toBe(key);
      expect(response.element('Location')).toBe(`${emulator.url}/${BUCKET}/dir%2Flarge%20file%2B%E4%B8%AD%7E.bin`);
      expect(response.text).toContain('<CompleteMultipartUploadResult>');

      const got = await emulator.send('GET', { key });
      expect(got.body.equals(whole)).toBe(true);
      expect(got.headers).toMatchObject({
        etag,
        'content-type': 'image/png',
        'x-oss-meta-owner': 'me',
        'cache-control': 'no-cache',
        'x-oss-object-type': 'Multipart',
        'x-oss-hash-crc64ecma': String(crc64(whole)),
      });
      expect(got.headers['content-md5']).toBeUndefined();
    });

    it('is over then: every request for it is answered NoSuchUpload, each with its own EC', async () => {
      const uploadId = await initiate('over');
      const { headers } = await upload('over', uploadId, 1, part('a', 1));
      await complete('over', uploadId, [[1, headers['etag'] ?? '']]);
      const query = { uploadId };
      const copied = { query: { uploadId, partNumber: '1' }, headers: { 'x-oss-copy-source': `/${BUCKET}/over` } };
      const requests = [
        [complete('over', uploadId, [[1, headers['etag'] ?? '']]), '0042-00000002'],
        [upload('over', uploadId, 1, part('a', 1)), '0042-00000104'],
        [emulator.send('PUT', { key: 'over', ...copied }), '0042-00000311'],
        [emulator.send('GET', { key: 'over', query }), '0042-00000002'],
        [emulator.send('DELETE', { key: 'over', query }), '0042-00000002'],
      ] as const;
      for (const [request, ec] of requests) {
        const response = await request;
        expect(codeOf(response)).toEqual([404, 'NoSuchUpload', ec]);
        expect(response.element('Message')).toBe(NO_SUCH_UPLOAD);
        expect(response.element('UploadId')).toBe(uploadId);
      }
      expect((await emulator.send('GET', { key: 'over' })).text).toBe('a');
    });
  });

  it('gives its object the tags, encryption and ACL it was begun with, or the ACL it is completed with', async () => {
    const attributes = { 'x-oss-tagging': 'a=1', 'x-oss-server-side-encryption': 'AES256' };
    // A condition is nothing that is looked at.
    const conditional = { 'if-modified-since': new Date().toUTCString() };
    const uploadId = await initiate('attributes', {
      headers: { ...attributes, ...conditional, 'x-oss-object-acl': 'private' },
    });
    const uploaded = await upload('attributes', uploadId, 1, Buffer.from('a'));
    expect(uploaded.headers['x-oss-server-side-encryption']).toBe('AES256');
    const headers = { 'x-oss-complete-all': 'yes', 'x-oss-object-acl': 'public-read' };
    const completed = await completeWith('attributes', uploadId, '', { headers });
    expect(completed.headers['x-oss-server-side-encryption']).toBe('AES256');
    const head = await emulator.send('HEAD', { key: 'attributes' });
    expect(head.headers).toMatchObject({ 'x-oss-tagging-count': '1', 'x-oss-server-side-encryption': 'AES256' });
    const acl = await emulator.send('GET', { key: 'attributes', query: { acl: '' } });
    expect(acl.element('Grant')).toBe('public-read');
  });

  it('takes gaps between part numbers, ETags without quotes and in lower case, and an XML that is not pretty', async () => {
    const uploadId = await initiate('gaps');
    const first = (await upload('gaps', uploadId, 3, part('a'))).headers['etag'] ?? '';
    const last = (await upload('gaps', uploadId, 10_000, part('b', 1))).headers['etag'] ?? '';
    const body =
      `<?xml version="1.0" encoding="UTF-8"?>\n<CompleteMultipartUpload xmlns="http://doc.oss-cn-hangzhou.aliyuncs.com">\n` +
      `<Part>\n<PartNumber> 3 </PartNumber>\n<ETag>${first.replaceAll('"', '').toLowerCase()}</ETag></Part>` +
      `<Part><ETag>${last.replaceAll('"', '&quot;')}</ETag><PartNumber>10000</PartNumber></Part></CompleteMultipartUpload>`;
    expect((await completeWith('gaps', uploadId, body)).status).toBe(200);
    expect((await emulator.send('HEAD', { key: 'gaps' })).headers['content-length']).toBe(String(PART_BYTES + 1));
  });

  it('keeps the last upload of a part, and refuses the ETag of the one before', async () => {
    const uploadId = await initiate('again');
    const old = (await upload('again', uploadId, 1, Buffer.from('old'))).headers['etag'] ?? '';
    const renewed = (await upload('again', uploadId, 1, Buffer.from('renewed'))).headers['etag'] ?? '';
    const refusal = await complete('again', uploadId, [[1, old]]);
    expect(codeOf(refusal)).toEqual([400, 'InvalidPart', undefined]);
    expect(refusal.element('ETag')).toBe(old.replaceAll('"', ''));
    expect(refusal.element('PartNumber')).toBe('1');
    expect((await complete('again', uploadId, [[1, renewed]])).status).toBe(200);
    expect((await emulator.send('GET', { key: 'again' })).text).toBe('renewed');
  });

  it('makes the object of the parts that are named, not of all that were uploaded', async () => {
    const uploadId = await initiate('named');
    await upload('named', uploadId, 1, Buffer.from('one'));
    const etag = (await upload('named', uploadId, 2, Buffer.from('two'))).headers['etag'] ?? '';
    expect((await complete('named', uploadId, [[2, etag]])).status).toBe(200);
    expect((await emulator.send('GET', { key: 'named' })).text).toBe('two');
  });

  it('is completed with all parts by x-oss-complete-all, which excludes a list', async () => {
    const uploadId = await initiate('all');
    await upload('all', uploadId, 2, part('b', 5));
    await upload('all', uploadId, 1, part('a'));
    const headers = { 'x-oss-complete-all': 'yes' };
    const both = await complete('all', uploadId, [[1, 'x']], { headers });
    expect(codeOf(both)).toEqual([400, 'InvalidArgument', '0042-00000216']);
    expect(both.element('Message')).toBe('Should not speficy both complete all header and http body.');
    expect((await completeWith('all', uploadId, '', { headers: { 'x-oss-complete-all': 'no' } })).status).toBe(400);
    const response = await completeWith('all', uploadId, '\n ', { headers });
    expect([response.status, response.element('Key')]).toEqual([200, 'all']);
    expect((await emulator.send('GET', { key: 'all' })).text).toBe(`${'a'.repeat(PART_BYTES)}bbbbb`);
  });

  it.each([
    ['a list of none', listOf([]), {}],
    ['all of none', '', { 'x-oss-complete-all': 'yes' }],
  ])(
    'makes an empty object of %s, as the Go SDK has its uploader end an empty stream',
    async (_case, body, headers) => {
      const uploadId = await initiate('empty');
      expect((await completeWith('empty', uploadId, body, { headers })).status).toBe(200);
      const response = await emulator.send('HEAD', { key: 'empty' });
      expect(response.headers).toMatchObject({ 'content-length': '0', 'x-oss-hash-crc64ecma': '0' });
      await emulator.send('DELETE', { key: 'empty' });
    },
  );

  it('tells keys that XML cannot carry, when asked for encoding-type=url', async () => {
    const key = 'odd\u000B/名&.txt';
    const query = { 'encoding-type': 'url' };
    const initiated = await emulator.send('POST', { key, query: { uploads: '', ...query } });
    expect([initiated.element('Key'), initiated.element('EncodingType')]).toEqual(['odd%0B%2F%E5%90%8D%26.txt', 'url']);
    const uploadId = initiated.element('UploadId') ?? '';
    const etag = (await upload(key, uploadId, 1, Buffer.from('a'))).headers['etag'] ?? '';
    expect((await partsOf(key, uploadId, query)).response.element('Key')).toBe('odd%0B%2F%E5%90%8D%26.txt');
    const completed = await complete(key, uploadId, [[1, etag]], { query });
    expect([completed.element('Key'), completed.element('EncodingType')]).toEqual(['odd%0B%2F%E5%90%8D%26.txt', 'url']);
  });

  describe('refuses', () => {
    it.each(['0', '10001', '-1', '1.5', 'STR', '', '0x1'])('part number %j', async (partNumber) => {
      const uploadId = await initiate('numbers');
      const response = await upload('numbers', uploadId, partNumber, Buffer.from('a'));
      expect(codeOf(response)).toEqual([400, 'InvalidArgument', '0017-00000220']);
      expect(response.element('ArgumentName')).toBe('PartNumber');
      expect(response.element('ArgumentValue')).toBe(partNumber);
    });

    it('a part whose Content-MD5 is another, and keeps the part that was there', async () => {
      const uploadId = await initiate('digest');
      const etag = (await upload('digest', uploadId, 1, Buffer.from('good'))).headers['etag'] ?? '';
      const headers = { 'content-md5': md5('other').digest('base64') };
      expect(codeOf(await upload('digest', uploadId, 1, Buffer.from('bad'), headers))).toEqual([
        400,
        'InvalidDigest',
        '0017-00000503',
      ]);
      expect((await complete('digest', uploadId, [[1, etag]])).status).toBe(200);
    });

    it('a list that says the same part twice, or goes down', async () => {
      const uploadId = await initiate('order');
      const etag = (await upload('order', uploadId, 1, part('a'))).headers['etag'] ?? '';
      for (const numbers of [
        [1, 1],
        [2, 1],
      ]) {
        const response = await complete(
          'order',
          uploadId,
          numbers.map((number) => [number, etag]),
        );
        expect(codeOf(response)).toEqual([400, 'InvalidPartOrder', '0042-00000209']);
      }
    });

    it('parts below 100 KB that are not the last', async () => {
      const uploadId = await initiate('small');
      const first = (await upload('small', uploadId, 1, part('a', PART_BYTES - 1))).headers['etag'] ?? '';
      const second = (await upload('small', uploadId, 2, part('b', 1))).headers['etag'] ?? '';
      const response = await complete('small', uploadId, [
        [1, first],
        [2, second],
      ]);
      expect(codeOf(response)).toEqual([400, 'EntityTooSmall', '0042-00000213']);
      expect((await emulator.send('HEAD', { key: 'small' })).status).toBe(404);
      expect((await complete('small', uploadId, [[1, first]])).status).toBe(200);
    });

    it.each([
      ['nothing', ''],
      ['blanks', ' \n'],
      ['no XML', 'parts, please'],
      ['another document', '<Delete><Part><PartNumber>1</PartNumber><ETag>a</ETag></Part></Delete>'],
      [
        'a part without ETag',
        '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>',
      ],
      ['an unfinished document', '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber>'],
      [
        'entities',
        '<!DOCTYPE a [<!ENTITY b "1">]><CompleteMultipartUpload><Part><PartNumber>&b;</PartNumber><ETag>a</ETag></Part></CompleteMultipartUpload>',
      ],
    ])('%s in place of a list', async (_case, body) => {
      const uploadId = await initiate('malformed');
      await upload('malformed', uploadId, 1, Buffer.from('a'));
      expect(codeOf(await completeWith('malformed', uploadId, body))).toEqual([400, 'MalformedXML', '0042-00000205']);
    });

    it('a list of more than 10,000 parts, and one of many megabytes', async () => {
      const uploadId = await initiate('many');
      const tooMany = Array.from({ length: 10_001 }, (_, index) => [index + 1, 'a'] as const);
      expect(codeOf(await complete('many', uploadId, tooMany))).toEqual([400, 'InvalidArgument', '0017-00000220']);
      const huge = await completeWith('many', uploadId, listOf([[1, 'a'.repeat(3 * 1024 ** 2)]]));
      expect(codeOf(huge).slice(0, 2)).toEqual([400, 'EntityTooLarge']);
    });

    it('a list whose Content-MD5 is another', async () => {
      const uploadId = await initiate('list-digest');
      const headers = { 'content-md5': md5('other').digest('base64') };
      expect(codeOf(await complete('list-digest', uploadId, [[1, 'a']], { headers }))[1]).toBe('InvalidDigest');
    });

    it('upload ids that could not be its own, among them paths', async () => {
      for (const uploadId of ['', 'x', '../../parts', `${'0'.repeat(32)}/`, 'a'.repeat(2000)]) {
        expect(codeOf(await partsOf('k', uploadId).then(({ response }) => response))[1]).toBe('NoSuchUpload');
      }
    });

    it('the upload of another key, and of another bucket', async () => {
      const uploadId = await initiate('mine');
      expect(codeOf(await upload('other', uploadId, 1, Buffer.from('a')))[1]).toBe('NoSuchUpload');
      await emulator.send('PUT', { bucket: 'another-bucket' });
      const query = { uploadId };
      expect((await emulator.send('GET', { bucket: 'another-bucket', key: 'mine', query })).status).toBe(404);
      const missing = await emulator.send('POST', { bucket: 'no-such-bucket', key: 'k', query: { uploads: '' } });
      expect(missing.element('EC')).toBe('0015-00000101');
    });

    it('to overwrite, where that is forbidden: at the beginning and, decided anew, at the end', async () => {
      const headers = { 'x-oss-forbid-overwrite': 'true' };
      const uploadId = await initiate('precious', { headers });
      const etag = (await upload('precious', uploadId, 1, Buffer.from('new'))).headers['etag'] ?? '';
      await emulator.send('PUT', { key: 'precious', body: 'old' });
      expect(codeOf(await complete('precious', uploadId, [[1, etag]], { headers })).slice(0, 2)).toEqual([
        409,
        'FileAlreadyExists',
      ]);
      expect((await emulator.send('GET', { key: 'precious' })).text).toBe('old');
      const again = await emulator.send('POST', { key: 'precious', query: { uploads: '' }, headers });
      expect(codeOf(again).slice(0, 2)).toEqual([409, 'FileAlreadyExists']);
      expect((await complete('precious', uploadId, [[1, etag]])).status).toBe(200);
      expect((await emulator.send('GET', { key: 'precious' })).text).toBe('new');
    });
  });

  describe('whose parts are listed', () => {
    it('shows them by number, a page at a time', async () => {
      const uploadId = await initiate('listed');
      const empty = await partsOf('listed', uploadId);
      expect(empty.numbers).toEqual([]);
      expect(empty.response.element('NextPartNumberMarker')).toBe('');
      expect(empty.response.element('MaxParts')).toBe('1000');
      expect(empty.response.element('StorageClass')).toBe('Standard');
      for (const number of [7, 2, 10, 1]) await upload('listed', uploadId, number, part(`${number % 10}`, number));
      const all = await partsOf('listed', uploadId);
      expect(all.numbers).toEqual([1, 2, 7, 10]);
      expect(all.response.element('NextPartNumberMarker')).toBe('10');
      expect(all.response.element('IsTruncated')).toBe('false');
      expect(all.response.text).toContain('<ListPartsResult>');
      expect(all.response.element('ETag')).toBe(`"${md5('1').digest('hex').toUpperCase()}"`);
      expect(all.response.element('Size')).toBe('1');
      expect(all.response.element('HashCrc64ecma')).toBe(String(crc64(Buffer.from('1'))));
      expect(all.response.element('LastModified')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
      const page = await partsOf('listed', uploadId, { 'max-parts': '2', 'part-number-marker': '1' });
      expect(page.numbers).toEqual([2, 7]);
      expect(page.response.element('IsTruncated')).toBe('true');
      expect(page.response.element('NextPartNumberMarker')).toBe('7');
      expect(page.response.element('PartNumberMarker')).toBe('1');
      const last = await partsOf('listed', uploadId, { 'max-parts': '2', 'part-number-marker': '7' });
      expect(last.numbers).toEqual([10]);
      expect(last.response.element('IsTruncated')).toBe('false');
    });

    it('tells how the client encrypts, when it was begun so', async () => {
      const names = {
        key: 'key',
        start: 'start',
        'cek-alg': 'cek',
        'wrap-alg': 'wrap',
        'data-size': '17',
        'part-size': '16',
      };
      const headers = Object.fromEntries(
        Object.entries(names).map(([name, value]) => [`x-oss-meta-client-side-encryption-${name}`, value]),
      );
      const { response } = await partsOf('encrypted', await initiate('encrypted', { headers }));
      const elements = ['Key', 'Start', 'CekAlg', 'WrapAlg', 'DataSize', 'PartSize'];
      expect(elements.map((name) => response.element(`ClientEncryption${name}`))).toEqual(Object.values(names));
      const plain = await partsOf('plain', await initiate('plain'));
      expect(plain.response.text).not.toContain('ClientEncryption');
    });

    it.each([
      ['max-parts', '0'],
      ['max-parts', '1001'],
      ['max-parts', 'x'],
      ['part-number-marker', 'x'],
      ['encoding-type', 'base64'],
    ])('refuses %s=%s', async (name, value) => {
      const uploadId = await initiate('listed');
      const { response } = await partsOf('listed', uploadId, { [name]: value });
      expect([response.status, response.element('ArgumentName')]).toEqual([400, name]);
    });
  });

  describe('that is sequential', () => {
    const query = { sequential: '' };

    it('takes its parts in order only, none of them twice', async () => {
      const uploadId = await initiate('sequence', { query });
      expect(codeOf(await upload('sequence', uploadId, 2, part('b')))).toEqual([400, 'PartNotSequential', undefined]);
      const { headers } = await upload('sequence', uploadId, 1, part('a'));
      const twice = await upload('sequence', uploadId, 1, part('x'));
      expect(codeOf(twice)).toEqual([409, 'PartAlreadyExist', '0042-00000108']);
      expect([twice.element('PartEtag'), twice.element('PartNumber')]).toEqual([headers['etag'], '1']);
      expect((await upload('sequence', uploadId, 2, part('b', 3))).status).toBe(200);
      expect((await partsOf('sequence', uploadId)).numbers).toEqual([1, 2]);
    });

    it('gives its object a Content-MD5', async () => {
      const uploadId = await initiate('sequence', { query });
      await upload('sequence', uploadId, 1, part('a'));
      await upload('sequence', uploadId, 2, part('b', 3));
      await completeWith('sequence', uploadId, '', { headers: { 'x-oss-complete-all': 'yes' } });
      const { headers } = await emulator.send('HEAD', { key: 'sequence' });
      const whole = Buffer.concat([part('a'), part('b', 3)]);
      expect(headers['content-md5']).toBe(md5(whole).digest('base64'));
    });
  });

  describe('that is aborted', () => {
    it('is gone, and the object that was there stays', async () => {
      await emulator.send('PUT', { key: 'aborted', body: 'old' });
      const uploadId = await initiate('aborted');
      await upload('aborted', uploadId, 1, part('a'));
      const response = await emulator.send('DELETE', { key: 'aborted', query: { uploadId } });
      expect([response.status, response.body.length]).toEqual([204, 0]);
      expect(codeOf((await partsOf('aborted', uploadId)).response)[1]).toBe('NoSuchUpload');
      expect((await emulator.send('GET', { key: 'aborted' })).text).toBe('old');
    });

    it('does not hold up its bucket, which it does as long as it lasts', async () => {
      const bucket = 'bucket-with-upload';
      await emulator.send('PUT', { bucket });
      const begun = await emulator.send('POST', { bucket, key: 'k', query: { uploads: '' } });
      const refusal = await emulator.send('DELETE', { bucket });
      expect(codeOf(refusal)).toEqual([409, 'BucketNotEmpty', undefined]);
      expect(refusal.element('Message')).toMatch(/^The bucket has Multipart Uploads\./);
      const query = { uploadId: begun.element('UploadId') ?? '' };
      await emulator.send('DELETE', { bucket, key: 'k', query });
      expect((await emulator.send('DELETE', { bucket })).status).toBe(204);
    });
  });

  it('keeps its parts where no request reaches them', async () => {
    await initiate('hidden');
    const buckets = await emulator.send('GET', { bucket: '' });
    expect(buckets.text).not.toContain('oss.emulator');
    for (const bucket of ['oss.emulator.multipart', 'oss%2Eemulator%2Emultipart']) {
      const read = await sendPlain(emulator.url, { method: 'GET', path: `/${bucket}/uploads` });
      expect(read.element('Code')).toBe('InvalidBucketName');
      const headers = { 'x-oss-copy-source': `/${bucket}/uploads/${BUCKET}/${'0'.repeat(32)}` };
      expect(codeOf(await emulator.send('PUT', { key: 'stolen', headers }))[1]).toBe('NoSuchBucket');
    }
  });

  it('takes parts side by side', async () => {
    const uploadId = await initiate('parallel');
    const bodies = Array.from({ length: 12 }, (_, index) => part(String.fromCharCode(97 + index)));
    const responses = await Promise.all(bodies.map((body, index) => upload('parallel', uploadId, index + 1, body)));
    const parts = responses.map(({ headers }, index) => [index + 1, headers['etag'] ?? ''] as const);
    const answers = await Promise.all([complete('parallel', uploadId, parts), complete('parallel', uploadId, parts)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404]);
    const { body } = await emulator.send('GET', { key: 'parallel' });
    expect(body.equals(Buffer.concat(bodies))).toBe(true);
  });

  it('is open to everybody in a public-read-write bucket, and to nobody else in a private one', async () => {
    const bucket = 'open-to-everybody';
    await emulator.send('PUT', { bucket, headers: { 'x-oss-acl': 'public-read-write' } });
    const anonymous = { bucket, key: 'k', signature: 'none' } as const;
    const begun = await emulator.send('POST', { ...anonymous, query: { uploads: '' } });
    const uploadId = begun.element('UploadId') ?? '';
    await emulator.send('PUT', { ...anonymous, query: { uploadId, partNumber: '1' }, body: 'a' });
    const headers = { 'x-oss-complete-all': 'yes' };
    expect((await emulator.send('POST', { ...anonymous, query: { uploadId }, headers })).status).toBe(200);
    const refused = await emulator.send('POST', { key: 'k', signature: 'none', query: { uploads: '' } });
    expect(codeOf(refused)[1]).toBe('AccessDenied');
  });
});
