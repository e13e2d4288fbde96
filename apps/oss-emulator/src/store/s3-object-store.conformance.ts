import { text } from 'node:stream/consumers';

import { Client } from 'minio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { describeMultipartUploads } from '../multipart/multipart-uploads.conformance.ts';
import { BUCKET, content, inChunks, LARGE_BYTES, newObject } from './conformance/store-under-test.conformance.ts';
import { describeObjectStore, MINIO_LIMITS } from './object-store.conformance.ts';
import type { S3Settings } from './s3-connection.ts';
import { S3ObjectStore } from './s3-object-store.ts';

/** What else the store must do on a server that others use too. @param settings known once the suite's hooks run */
export function describeS3ObjectStore(settings: () => S3Settings): void {
  describeObjectStore('S3ObjectStore', () => S3ObjectStore.open(settings()), MINIO_LIMITS);
  describeMultipartUploads('S3ObjectStore', () => S3ObjectStore.open(settings()));

  describe('beside other S3 tools', () => {
    const foreignBucket = 'oss-conformance-foreign';
    let tool: Client;
    let store: S3ObjectStore;

    beforeAll(async () => {
      const { endpoint, ...keys } = settings();
      const { hostname: endPoint, port } = new URL(endpoint);
      tool = new Client({ ...keys, endPoint, port: Number(port), useSSL: false });
      store = await S3ObjectStore.open(settings());
      await store.reset();
      await store.createBucket(BUCKET);
      await tool.makeBucket(foreignBucket);
    });

    afterAll(async () => {
      await store.reset();
      await store.close();
      await tool.removeBucket(foreignBucket);
    });

    it.each([
      ['small', Buffer.from('text')],
      ['large', Buffer.alloc(LARGE_BYTES, 'bytes ')],
    ])('puts a %s object that another tool sees with its bytes, content type and metadata', async (key, bytes) => {
      const object = { ...newObject(key), contentType: 'image/png', userMetadata: { author: 'Li' } };
      expect(await store.commit(await store.stage(inChunks(bytes)), object)).toEqual({ outcome: 'committed' });
      const seen = await tool.statObject(BUCKET.name, key);
      expect(seen).toMatchObject({ size: bytes.length, metaData: { 'content-type': 'image/png', author: 'Li' } });
      expect(await text(await tool.getObject(BUCKET.name, key))).toBe(bytes.toString());
    });

    it('reads an object that another tool put, without a CRC', async () => {
      await tool.putObject(BUCKET.name, '图/foreign.txt', 'text', 4, { 'content-type': 'text/plain', author: 'Li' });
      const reading = await store.read(BUCKET.name, '图/foreign.txt');
      expect(reading?.object).toMatchObject({
        etag: '1CB251EC0D568DE6A929B520C4AED8D1',
        crc64: undefined,
        contentType: 'text/plain',
        userMetadata: { author: 'Li' },
        sizeBytes: 4,
      });
      expect((await content(reading)).toString()).toBe('text');
    });

    it('shows a bucket that another tool made as a private one, and leaves it when it is reset', async () => {
      expect(await store.getBucket(foreignBucket)).toMatchObject({ name: foreignBucket, acl: 'private' });
      expect((await store.getBucket(foreignBucket))?.createdAt.getTime()).toBeGreaterThan(Date.now() - 600_000);
      expect(await store.createBucket({ ...BUCKET, name: foreignBucket })).toBe('exists');
      const other = await S3ObjectStore.open(settings());
      await other.reset();
      await other.close();
      expect(await tool.bucketExists(foreignBucket)).toBe(true);
      expect(await store.getBucket(BUCKET.name)).toBeUndefined();
      await store.createBucket(BUCKET);
    });

    it('leaves nothing staged on the server', async () => {
      const refused = await store.stage(inChunks(Buffer.alloc(LARGE_BYTES)));
      expect(await staged()).toHaveLength(1);
      const object = { ...newObject('a'), bucket: 'oss-conformance-none' };
      expect(await store.commit(refused, object)).toEqual({ outcome: 'bucket-missing' });
      await store.discard(await store.stage(inChunks(Buffer.alloc(LARGE_BYTES))));
      await store.commit(await store.stage(inChunks(Buffer.alloc(LARGE_BYTES))), newObject('a'));
      expect(await staged()).toEqual([]);
    });

    it('hides its own bucket', async () => {
      const name = 'oss-emulator-system';
      expect(await store.getBucket(name)).toBeUndefined();
      expect(await store.createBucket({ ...BUCKET, name })).toBe('exists');
      expect(await store.deleteBucket(name)).toBe('missing');
      expect((await store.listBuckets()).map((bucket) => bucket.name)).not.toContain(name);
      expect(await store.head(name, `buckets/${BUCKET.name}.json`)).toBeUndefined();
      const page = await store.list(name, { prefix: '', delimiter: '', startAfter: '', maxKeys: 10 });
      expect(page.objects).toEqual([]);
      const object = { ...newObject('a'), bucket: name };
      expect(await store.commit(await store.stage(inChunks(Buffer.from('text'))), object)).toEqual({
        outcome: 'bucket-missing',
      });
    });

    it('names the server and its reason when the secret key is wrong', async () => {
      const opening = S3ObjectStore.open({ ...settings(), secretKey: 'not the secret key' });
      await expect(opening).rejects.toMatchObject({ reason: 's3-refused' });
      await expect(opening).rejects.toThrow(`refused by the S3 server ${settings().endpoint}`);
    });

    async function staged(): Promise<string[]> {
      const names: string[] = [];
      for await (const { name } of tool.listObjectsV2('oss-emulator-system', 'staging/', true)) {
        names.push(String(name));
      }
      return names;
    }
  });
}
