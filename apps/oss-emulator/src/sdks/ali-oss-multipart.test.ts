import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OSS from 'ali-oss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReceiver } from '../../test/callback-receiver.ts';
import { BUCKET, CREDENTIALS } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const KEY = 'dir/large a+中.bin';
const PART_BYTES = 100 * 1024;
const BYTES = randomBytes(PART_BYTES * 3 + 17);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** What the type definitions of ali-oss leave out. */
type Client = OSS & {
  listParts(name: string, uploadId: string, query?: object): Promise<{ parts: object[]; maxParts: string }>;
};

describe.each([false, true])('ali-oss, as published, V4 %s', (authorizationV4) => {
  let emulator: TestEmulator;
  let scratchDir: string;
  let file: string;
  let client: Client;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    scratchDir = await mkdtemp(join(tmpdir(), 'ali-oss-multipart-'));
    file = join(scratchDir, 'file');
    await writeFile(file, BYTES);
    const options = { ...CREDENTIALS, bucket: BUCKET, region: 'oss-cn-hangzhou', authorizationV4 };
    client = new OSS({ ...options, endpoint: emulator.url }) as Client;
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await rm(scratchDir, { recursive: true });
  });

  const stored = async (key: string) => sha256((await client.get(key)).content as Buffer);

  it('uploads a file in parts, with metadata', async () => {
    const headers = { 'Cache-Control': 'no-cache' };
    const options = { partSize: PART_BYTES, parallel: 3, mime: 'image/png', meta: { author: 'me' } as never, headers };
    const result = await client.multipartUpload(KEY, file, options);
    expect([result.res.status, result.name]).toEqual([200, KEY]);
    expect(await stored(KEY)).toBe(sha256(BYTES));
    const head = await client.head(KEY);
    expect(head.meta).toEqual({ author: 'me' });
    expect(head.res.headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'no-cache',
      'x-oss-object-type': 'Multipart',
    });
    expect((await client.listUploads({ 'max-uploads': 10 })).uploads).toEqual([]);
  });

  it('is handed the answer of the callback, and throws when it failed although the object is there', async () => {
    await using receiver = await startReceiver();
    const callback = {
      url: `${receiver.url}/callback`,
      body: '{"key":${object},"size":${size},"who":${x:who}}',
      contentType: 'application/json',
      customValue: { who: '日出' },
    };
    const { data } = await client.multipartUpload(KEY, file, { partSize: PART_BYTES, callback });
    expect(data).toEqual({ Status: 'OK' });
    expect(receiver.received).toHaveLength(1);
    expect(JSON.parse(receiver.received[0]?.body.toString() ?? '')).toEqual({
      key: KEY,
      size: BYTES.length,
      who: '日出',
    });
    const failing = { ...callback, url: 'http://127.0.0.1:9/' };
    await expect(
      client.multipartUpload('failing', file, { partSize: PART_BYTES, callback: failing }),
    ).rejects.toMatchObject({ code: 'CallbackFailed', status: 203 });
    expect(await stored('failing')).toBe(sha256(BYTES));
  });

  it('goes on where it stopped', async () => {
    let checkpoint: object | undefined;
    const interrupted = client.multipartUpload('resumed', file, {
      partSize: PART_BYTES,
      parallel: 1,
      progress: (_percentage: number, latest: object) => {
        checkpoint = structuredClone({ ...latest, file: undefined });
        if ((latest as { doneParts: unknown[] }).doneParts.length === 2) throw new RangeError('the battery is empty');
      },
    });
    await expect(interrupted).rejects.toThrow('the battery is empty');
    const { uploadId } = checkpoint as { uploadId: string };
    const { uploads } = await client.listUploads({ 'max-uploads': 10 });
    expect(uploads.map(({ name, uploadId: id }) => [name, id])).toEqual([['resumed', uploadId]]);
    expect((await client.listParts('resumed', uploadId)).parts).toHaveLength(2);
    await client.multipartUpload('resumed', file, { checkpoint: { ...checkpoint, file } as never });
    expect(await stored('resumed')).toBe(sha256(BYTES));
  });

  it('is told that an aborted upload is gone', async () => {
    const { uploadId } = await client.initMultipartUpload('aborted');
    await client.abortMultipartUpload('aborted', uploadId);
    await expect(client.uploadPart('aborted', uploadId, 1, file, 0, 10)).rejects.toMatchObject({
      status: 404,
      code: 'NoSuchUpload',
      ecCode: '0042-00000104',
    });
  });

  it('copies whole objects, and large ones in parts', async () => {
    await client.put('source', BYTES);
    await client.copy(`${KEY}-copied`, 'source', { meta: { author: 'copier' } } as never);
    expect((await client.head(`${KEY}-copied`)).meta).toEqual({ author: 'copier' });
    const source = { sourceKey: `${KEY}-copied`, sourceBucketName: BUCKET };
    await client.multipartUploadCopy('in-parts', source as never, { partSize: PART_BYTES });
    expect(await stored('in-parts')).toBe(sha256(BYTES));
    await expect(client.copy('k', 'not there')).rejects.toMatchObject({ status: 404, code: 'NoSuchKey' });
  });
});
