import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const DATA_SIZE = 'x-oss-meta-client-side-encryption-data-size';

describe('a multipart upload that its client encrypts', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  it('is completed only with all the bytes that were announced', async () => {
    const key = 'encrypted';
    const begun = await emulator.send('POST', { key, query: { uploads: '' }, headers: { [DATA_SIZE]: '102403' } });
    const uploadId = begun.element('UploadId') ?? '';
    const put = (partNumber: string, body: Buffer) =>
      emulator.send('PUT', { key, query: { uploadId, partNumber }, body });
    const complete = () =>
      emulator.send('POST', { key, query: { uploadId }, headers: { 'x-oss-complete-all': 'yes' } });

    await put('1', Buffer.alloc(102_400));
    const refused = await complete();
    expect([refused.status, refused.element('Code'), refused.element('EC'), refused.element('ArgumentName')]).toEqual([
      400,
      'InvalidArgument',
      '0005-00000420',
      DATA_SIZE,
    ]);
    await put('2', Buffer.alloc(3));
    expect((await complete()).status).toBe(200);
    expect((await emulator.send('HEAD', { key })).headers[DATA_SIZE]).toBe('102403');
  });
});
