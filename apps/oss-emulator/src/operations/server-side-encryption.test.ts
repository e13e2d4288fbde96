import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const ALGORITHM = 'x-oss-server-side-encryption';
const DATA = 'x-oss-server-side-data-encryption';
const KEY_ID = 'x-oss-server-side-encryption-key-id';

describe('server-side encryption of an object', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  it.each<Record<string, string>>([
    { [ALGORITHM]: 'AES256' },
    { [ALGORITHM]: 'SM4' },
    { [ALGORITHM]: 'KMS', [KEY_ID]: '9468da86-3509-4f8d-a61e-6eab1eac****' },
    { [ALGORITHM]: 'KMS', [KEY_ID]: 'k', [DATA]: 'SM4' },
    {},
  ])('is answered by PUT, HEAD and GET as it was asked for: %o', async (headers) => {
    const put = await emulator.send('PUT', { key: 'k', body: 'bytes', headers });
    const head = await emulator.send('HEAD', { key: 'k' });
    const get = await emulator.send('GET', { key: 'k' });
    for (const response of [put, head, get]) {
      expect(response.status).toBe(200);
      const answered = Object.entries(response.headers).filter(([name]) => name.startsWith('x-oss-server-side'));
      expect(Object.fromEntries(answered)).toEqual(headers);
    }
    expect(get.text).toBe('bytes');
  });

  it('names the key that KMS chooses, always the same', async () => {
    const headers = { [ALGORITHM]: 'KMS', [DATA]: 'SM4' };
    const puts = [await emulator.send('PUT', { key: 'a', headers }), await emulator.send('PUT', { key: 'b', headers })];
    expect(puts[0]?.headers).toMatchObject({ ...headers, [KEY_ID]: expect.stringMatching(/^[\da-f-]{36}$/) });
    expect(puts[1]?.headers[KEY_ID]).toBe(puts[0]?.headers[KEY_ID]);
  });

  it.each<[Record<string, string>, string | undefined]>([
    [{ [ALGORITHM]: 'AES256', [DATA]: 'SM4', [KEY_ID]: 'id' }, 'AES256'],
    [{ [ALGORITHM]: 'SM4', [DATA]: 'SM4' }, 'SM4'],
    [{ [DATA]: 'SM4' }, undefined],
    [{ [KEY_ID]: 'id' }, undefined],
  ])('ignores what only KMS heeds: %o', async (headers, algorithm) => {
    const put = await emulator.send('PUT', { key: 'k', body: 'b', headers });
    expect([put.status, put.headers[ALGORITHM], put.headers[DATA], put.headers[KEY_ID]]).toEqual([
      200,
      algorithm,
      undefined,
      undefined,
    ]);
  });

  it('of a multipart upload is asked for once, and answered by each of its requests', async () => {
    const headers = { [ALGORITHM]: 'SM4' };
    const initiated = await emulator.send('POST', { key: 'm', query: { uploads: '' }, headers });
    const uploadId = initiated.element('UploadId') ?? '';
    const part = { key: 'm', query: { uploadId, partNumber: '1' }, body: 'part' };
    const complete = { key: 'm', query: { uploadId } };
    const all = { 'x-oss-complete-all': 'yes' };
    const refused = [
      await emulator.send('PUT', { ...part, headers }),
      await emulator.send('POST', { ...complete, headers: { ...headers, ...all } }),
    ];
    expect(refused.map((response) => [response.element('Code'), response.element('ArgumentName')])).toEqual([
      ['InvalidArgument', ALGORITHM],
      ['InvalidArgument', ALGORITHM],
    ]);
    await emulator.send('PUT', { key: 'source', body: 'copied part' });
    const copied = { ...part, body: '', headers: { 'x-oss-copy-source': '/emulator-test/source' } };
    const answered = [
      initiated,
      await emulator.send('PUT', copied),
      await emulator.send('PUT', part),
      await emulator.send('POST', { ...complete, headers: all }),
      await emulator.send('HEAD', { key: 'm' }),
    ];
    expect(answered.map((response) => response.headers[ALGORITHM])).toEqual(['SM4', 'SM4', 'SM4', 'SM4', 'SM4']);
  });

  it.each<[Record<string, string>, string]>([
    [{ [ALGORITHM]: 'aes256' }, 'InvalidEncryptionAlgorithmError'],
    [{ [ALGORITHM]: '' }, 'InvalidEncryptionAlgorithmError'],
    [{ [ALGORITHM]: 'KMS', [DATA]: 'AES256' }, 'InvalidDataEncryptionAlgorithmError'],
    [{ [ALGORITHM]: 'KMS', [KEY_ID]: '' }, 'InvalidArgument'],
  ])('is refused when OSS does not know it: %o', async (headers, code) => {
    const response = await emulator.send('PUT', { key: 'refused', body: 'b', headers });
    expect([response.status, response.element('Code')]).toEqual([400, code]);
    expect((await emulator.send('HEAD', { key: 'refused' })).status).toBe(404);
  });
});
