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
    { [ALGORITHM]: 'KMS' },
    { [ALGORITHM]: 'KMS', [KEY_ID]: '9468da86-3509-4f8d-a61e-6eab1eac****' },
    { [ALGORITHM]: 'KMS', [DATA]: 'SM4' },
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

  it.each<[Record<string, string>, string]>([
    [{ [ALGORITHM]: 'aes256' }, 'InvalidEncryptionAlgorithmError'],
    [{ [ALGORITHM]: '' }, 'InvalidEncryptionAlgorithmError'],
    [{ [ALGORITHM]: 'KMS', [DATA]: 'AES256' }, 'InvalidDataEncryptionAlgorithmError'],
    [{ [ALGORITHM]: 'KMS', [KEY_ID]: '' }, 'InvalidArgument'],
    [{ [ALGORITHM]: 'AES256', [KEY_ID]: 'id' }, 'InvalidArgument'],
    [{ [ALGORITHM]: 'AES256', [DATA]: 'SM4' }, 'InvalidArgument'],
    [{ [KEY_ID]: 'id' }, 'InvalidArgument'],
  ])('is refused when OSS does not know it: %o', async (headers, code) => {
    const response = await emulator.send('PUT', { key: 'refused', body: 'b', headers });
    expect([response.status, response.element('Code')]).toEqual([400, code]);
    expect((await emulator.send('HEAD', { key: 'refused' })).status).toBe(404);
  });
});
