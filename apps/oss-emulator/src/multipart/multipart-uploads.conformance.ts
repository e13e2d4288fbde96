import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { meterDigests } from '../digests/object-digests.ts';
import { BUCKET, inChunks, LARGE_BYTES, newObject } from '../store/conformance/store-under-test.conformance.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { MultipartUpload } from './multipart-upload.ts';
import { MultipartUploads } from './multipart-uploads.ts';

const NOW = new Date('2026-03-01T01:02:03.000Z');
const HEAD: MultipartUpload['head'] = {
  contentType: 'image/png',
  httpHeaders: { 'content-disposition': 'attachment; filename="名.png"' },
  userMetadata: { author: '李' },
  storageClass: 'IA',
  acl: 'private',
  tags: [['colour', 'red']],
  serverSideEncryption: { algorithm: 'KMS', keyId: 'id' },
};

/**
 * What multipart uploads do in any store. The test of a store calls it in three lines.
 * @param openStore the suite empties it before each test and closes it after
 */
export function describeMultipartUploads(name: string, openStore: () => Promise<ObjectStore>): void {
  describe(`multipart uploads in ${name}`, () => {
    let store: ObjectStore;
    let uploads: MultipartUploads;

    beforeEach(async () => {
      store = await openStore();
      await store.reset();
      await store.createBucket(BUCKET);
      uploads = new MultipartUploads(store);
    });
    afterEach(() => store.close());

    const begin = async (key: string, more: Partial<MultipartUpload> = {}): Promise<MultipartUpload> => {
      const upload = { bucket: BUCKET.name, key, initiatedAt: NOW, sequential: false, head: HEAD, ...more };
      return { ...upload, uploadId: await uploads.initiate(upload) };
    };
    const addPart = async (upload: MultipartUpload, partNumber: number, bytes: Buffer) => {
      const metered = meterDigests(inChunks(bytes));
      const staged = await store.stage(metered.bytes);
      return uploads.addPart(upload, { partNumber, staged, digests: metered.digests(), lastModified: NOW });
    };
    const contentOf = async ({ uploadId }: MultipartUpload): Promise<Buffer> => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of uploads.read(uploadId, await uploads.parts(uploadId))) chunks.push(chunk);
      return Buffer.concat(chunks);
    };

    it.each(['k', ' blanks ', '名/'.repeat(146), 'a\u000Bb'])('finds what it was told of key %j', async (key) => {
      const upload = await begin(key, { sequential: true });
      expect(await uploads.find(BUCKET.name, key, upload.uploadId)).toEqual(upload);
      expect(await uploads.find(BUCKET.name, 'other', upload.uploadId)).toBeUndefined();
      expect(await uploads.find('other-bucket', key, upload.uploadId)).toBeUndefined();
      expect(await uploads.list(BUCKET.name)).toEqual([
        { key, uploadId: upload.uploadId, initiatedAt: NOW, storageClass: 'IA' },
      ]);
    });

    it('lists uploads by key, and by time', async () => {
      const later = new Date(NOW.getTime() + 1000);
      const expected = [
        await begin('a'),
        await begin('b', { initiatedAt: NOW }),
        await begin('b', { initiatedAt: later }),
        await begin('\uFFFD'),
        await begin('\u{10000}'),
      ];
      await begin('elsewhere', { bucket: 'oss-conformance-bucket-2' });
      const listed = await uploads.list(BUCKET.name);
      expect(listed.map(({ uploadId }) => uploadId)).toEqual(expected.map(({ uploadId }) => uploadId));
    });

    it('gives the bytes of the parts in order, large ones too', async () => {
      const upload = await begin('k');
      const large = Buffer.alloc(LARGE_BYTES, 'large ');
      await addPart(upload, 10, Buffer.from('end'));
      await addPart(upload, 2, large);
      await addPart(upload, 1, Buffer.from('old'));
      await addPart(upload, 1, Buffer.from('begin '));
      const parts = await uploads.parts(upload.uploadId);
      expect(parts.map(({ partNumber, sizeBytes }) => [partNumber, sizeBytes])).toEqual([
        [1, 6],
        [2, LARGE_BYTES],
        [10, 3],
      ]);
      expect(parts[2]).toEqual({
        partNumber: 10,
        etag: '7F021A1415B86F2D013B2618FB31AE53',
        contentMd5: 'fwIaFBW4by0BOyYY+zGuUw==',
        crc64: expect.any(BigInt),
        sizeBytes: 3,
        lastModified: NOW,
      });
      const content = await contentOf(upload);
      expect(content.equals(Buffer.concat([Buffer.from('begin '), large, Buffer.from('end')]))).toBe(true);
    });

    it('does not give a part that was replaced since it was listed', async () => {
      const upload = await begin('k');
      await addPart(upload, 1, Buffer.from('old'));
      const parts = await uploads.parts(upload.uploadId);
      await addPart(upload, 1, Buffer.from('new'));
      const reading = uploads.read(upload.uploadId, parts);
      await expect(reading.next()).rejects.toMatchObject({ code: 'InvalidPart' });
    });

    it('leaves nothing when it ends, not even a part that comes afterwards', async () => {
      const upload = await begin('k');
      await addPart(upload, 1, Buffer.from('a'));
      expect(await uploads.remove(upload)).toBe('removed');
      expect(await uploads.remove(upload)).toBe('missing');
      expect(await addPart(upload, 2, Buffer.from('b'))).toEqual({ outcome: 'upload-missing' });
      expect(await uploads.parts(upload.uploadId)).toEqual([]);
      expect(await uploads.list(BUCKET.name)).toEqual([]);
    });

    it('is forgotten by a reset, and begins anew after it', async () => {
      const upload = await begin('k');
      await store.reset();
      expect(await addPart(upload, 1, Buffer.from('a'))).toEqual({ outcome: 'upload-missing' });
      expect(await uploads.find(BUCKET.name, 'k', upload.uploadId)).toBeUndefined();
      expect(await uploads.parts(upload.uploadId)).toEqual([]);
      await begin('k');
      expect(await uploads.list(BUCKET.name)).toHaveLength(1);
    });

    it('sweeps the parts of uploads that are over, and uploads whose bucket is gone, and nothing else', async () => {
      await uploads.sweep();
      const alive = await begin('alive');
      await addPart(alive, 1, Buffer.from('a'));
      const over = await begin('over');
      await addPart(over, 1, Buffer.from('b'));
      // As if the process had died right after it had removed the record.
      await store.delete('oss.emulator.multipart', `uploads/${BUCKET.name}/${over.uploadId}`);
      const homeless = await begin('homeless', { bucket: 'oss-conformance-gone' });
      await addPart(homeless, 1, Buffer.from('c'));
      const object = newObject('object');
      await store.commit(await store.stage(inChunks(Buffer.from('text'))), object);

      await new MultipartUploads(store).sweep();
      expect(await contentOf(alive)).toEqual(Buffer.from('a'));
      expect(await uploads.find(BUCKET.name, 'alive', alive.uploadId)).toEqual(alive);
      expect(await uploads.parts(over.uploadId)).toEqual([]);
      expect(await uploads.parts(homeless.uploadId)).toEqual([]);
      expect(await uploads.list('oss-conformance-gone')).toEqual([]);
      expect(await store.head(BUCKET.name, 'object')).toMatchObject(object);
    });
  });
}
