import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientResponse } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('x-oss-hash-sha1, as the mobile SDKs send it', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const sha1Of = (text: string) => createHash('sha1').update(text).digest('hex');
  const begin = async (key: string): Promise<string> =>
    (await emulator.send('POST', { key, query: { uploads: '', sequential: '' } })).element('UploadId') ?? '';
  const complete = (key: string, uploadId: string, sha1: string) =>
    emulator.send('POST', {
      key,
      query: { uploadId },
      headers: { 'x-oss-complete-all': 'yes', 'x-oss-hash-sha1': sha1 },
    });

  const uploads: Record<string, (key: string, sha1: string) => Promise<ClientResponse>> = {
    PutObject: (key, sha1) => emulator.send('PUT', { key, body: 'bytes', headers: { 'x-oss-hash-sha1': sha1 } }),
    AppendObject: (key, sha1) =>
      emulator.send('POST', {
        key,
        query: { append: '', position: '0' },
        body: 'bytes',
        headers: { 'x-oss-hash-sha1': sha1 },
      }),
    CompleteMultipartUpload: async (key, sha1) => {
      const uploadId = await begin(key);
      await emulator.send('PUT', { key, query: { uploadId, partNumber: '1' }, body: 'bytes' });
      return complete(key, uploadId, sha1);
    },
  };

  it.each(Object.entries(uploads))('is held against the bytes of %s, in either case', async (name, upload) => {
    expect((await upload(`${name}/right`, sha1Of('bytes'))).status).toBe(200);
    expect((await upload(`${name}/upper`, sha1Of('bytes').toUpperCase())).status).toBe(200);
    expect((await emulator.send('GET', { key: `${name}/right` })).text).toBe('bytes');
    for (const wrong of [sha1Of('others'), 'error sha1value', '']) {
      const refused = await upload(`${name}/wrong`, wrong);
      expect([refused.status, refused.element('Code')]).toEqual([400, 'InvalidDigest']);
    }
    expect((await emulator.send('GET', { key: `${name}/wrong` })).status).toBe(404);
  });

  it('is held against the bytes of a part, and the part may be sent again', async () => {
    const uploadId = await begin('part');
    const put = (sha1: string) =>
      emulator.send('PUT', {
        key: 'part',
        query: { uploadId, partNumber: '1' },
        body: 'bytes',
        headers: { 'x-oss-hash-sha1': sha1 },
      });
    expect((await put(sha1Of('others'))).element('Code')).toBe('InvalidDigest');
    expect((await put(sha1Of('bytes'))).status).toBe(200);
    expect((await complete('part', uploadId, sha1Of('others'))).element('Code')).toBe('InvalidDigest');
    expect((await complete('part', uploadId, sha1Of('bytes'))).status).toBe(200);
  });

  it('leaves an appendable object as it was', async () => {
    await uploads['AppendObject']?.('appended', sha1Of('bytes'));
    const more = (sha1: string) =>
      emulator.send('POST', {
        key: 'appended',
        query: { append: '', position: '5' },
        body: '!',
        headers: { 'x-oss-hash-sha1': sha1 },
      });
    expect((await more(sha1Of('bytes!'))).element('Code')).toBe('InvalidDigest');
    expect((await emulator.send('GET', { key: 'appended' })).text).toBe('bytes');
    expect((await more(sha1Of('!'))).headers['x-oss-next-append-position']).toBe('6');
  });
});
