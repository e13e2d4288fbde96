import { Agent } from 'node:http';
import OSS from 'ali-oss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReceiver } from '../../test/callback-receiver.ts';
import { BUCKET, CREDENTIALS } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const KEY = 'dir/a b+中.txt';

describe('ali-oss, as published', () => {
  let emulator: TestEmulator;
  let port: string;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    ({ port } = new URL(emulator.url));
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const clientOf = (options: Partial<OSS.Options>): OSS =>
    new OSS({ ...CREDENTIALS, bucket: BUCKET, region: 'oss-cn-hangzhou', ...options });
  /** Every name leads to this machine, as a DNS server of one's own would have it. */
  const agent = new Agent({
    lookup: (_name, { all }, found) =>
      all === true ? found(null, [{ address: '127.0.0.1', family: 4 }]) : found(null, '127.0.0.1', 4),
  });
  afterAll(() => agent.destroy());

  /** IP endpoint: the Host header names the bucket. `sldEnable`: path style. Names without it: virtual-hosted style. */
  const modes = [
    ['IP endpoint', () => ({ endpoint: `http://127.0.0.1:${port}` })],
    ['IP endpoint and sldEnable', () => ({ endpoint: `http://127.0.0.1:${port}`, sldEnable: true })],
    ['localhost and sldEnable', () => ({ endpoint: `http://localhost:${port}`, sldEnable: true })],
    ['the bucket before localhost', () => ({ endpoint: `http://localhost:${port}`, agent })],
    ['the official host name', () => ({ endpoint: `http://oss-cn-hangzhou.aliyuncs.com:${port}`, agent })],
  ] as const;

  describe.each(modes)('with %s', (_mode, endpointOptions) => {
    it.each([false, true])('puts, gets, lists and deletes, V4 %s', async (authorizationV4) => {
      const client = clientOf({ ...endpointOptions(), authorizationV4 });
      const put = await client.put(KEY, Buffer.from('bytes'), { meta: { author: 'me' } as never });
      expect(put.res.status).toBe(200);
      const got = await client.get(KEY);
      expect((got.content as Buffer).toString()).toBe('bytes');
      expect((await client.head(KEY)).meta).toMatchObject({ author: 'me' });
      const listed = await client.list({ prefix: 'dir/', 'max-keys': 10 }, {});
      expect(listed.objects.map(({ name }) => name)).toEqual([KEY]);
      const listedV2 = await (
        client as unknown as { listV2(query: object): Promise<{ objects: Array<{ name: string }> }> }
      ).listV2({ prefix: 'dir/' });
      expect(listedV2.objects.map(({ name }) => name)).toEqual([KEY]);
      const info = (await client.getBucketInfo(BUCKET)) as { bucket: { Name: string } };
      expect(info.bucket.Name).toBe(BUCKET);
      await client.delete(KEY);
      await expect(client.head(KEY)).rejects.toMatchObject({ status: 404, code: 'NoSuchKey' });
      await expect(client.get(KEY)).rejects.toMatchObject({ status: 404, code: 'NoSuchKey', ecCode: '0026-00000001' });
    });

    it.each([false, true])(
      'hands the answer of the callback over, and throws when it failed, V4 %s',
      async (authorizationV4) => {
        await using receiver = await startReceiver();
        const client = clientOf({ ...endpointOptions(), authorizationV4 });
        const callback = {
          url: `${receiver.url}/callback`,
          body: 'object=${object}&who=${x:who}',
          contentType: 'application/x-www-form-urlencoded',
          customValue: { who: '日出' },
        };
        const { data } = await client.put(KEY, Buffer.from('bytes'), { callback });
        expect(data).toEqual({ Status: 'OK' });
        expect(receiver.received[0]?.body.toString()).toBe('object=dir%2Fa%20b%2B%E4%B8%AD.txt&who=%E6%97%A5%E5%87%BA');
        const failing = { ...callback, url: 'http://127.0.0.1:9/' };
        await expect(client.put(KEY, Buffer.from('bytes'), { callback: failing })).rejects.toMatchObject({
          code: 'CallbackFailed',
          status: 203,
          ecCode: '0007-00000203',
        });
      },
    );

    it('makes, lists and deletes buckets', async () => {
      const client = clientOf(endpointOptions());
      await client.putBucket('made-by-ali-oss');
      const { buckets } = (await client.listBuckets({ prefix: 'made-by' })) as unknown as {
        buckets: Array<{ name: string }>;
      };
      expect(buckets.map(({ name }) => name)).toEqual(['made-by-ali-oss']);
      await client.deleteBucket('made-by-ali-oss');
    });
  });

  it.each([false, true])('deletes several objects at once, V4 %s', async (authorizationV4) => {
    const client = clientOf({ endpoint: `http://127.0.0.1:${port}`, authorizationV4 });
    for (const key of [KEY, 'a&b']) await client.put(key, Buffer.from('bytes'));
    const { deleted } = await client.deleteMulti([KEY, 'a&b'], { quiet: false });
    expect(deleted).toEqual([{ Key: KEY }, { Key: 'a&b' }]);
    await expect(client.head(KEY)).rejects.toMatchObject({ code: 'NoSuchKey' });
  });

  it('puts a stream of unknown length', async () => {
    const client = clientOf({ endpoint: `http://127.0.0.1:${port}` });
    const { Readable } = await import('node:stream');
    await client.putStream('stream', Readable.from([Buffer.from('a'), Buffer.from('b')]));
    expect(((await client.get('stream')).content as Buffer).toString()).toBe('ab');
  });

  it('is told what was signed when its secret is wrong', async () => {
    const client = clientOf({ endpoint: `http://127.0.0.1:${port}`, accessKeySecret: 'wrong' });
    await expect(client.put(KEY, Buffer.from('x'))).rejects.toMatchObject({
      status: 403,
      code: 'SignatureDoesNotMatch',
    });
  });

  it('reads by the URL it signed itself', async () => {
    const pathStyle = { endpoint: `http://localhost:${port}`, sldEnable: true };
    const client = clientOf(pathStyle);
    await client.put('signed', Buffer.from('bytes'));
    const url = client.signatureUrl('signed', { expires: 60 });
    expect(await (await fetch(url)).text()).toBe('bytes');
    expect((await fetch(url.replace('signed?', 'other?'))).status).toBe(403);
  });
});
