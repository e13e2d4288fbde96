import { describe, expect, it } from 'vitest';

import type { NewObject } from '../object-store.ts';
import { BUCKET, content, newObject } from './store-under-test.conformance.ts';
import type { StoreUnderTest } from './store-under-test.conformance.ts';

export function describeHeads(suite: StoreUnderTest): void {
  describe('heads', () => {
    it('keeps everything that it was told of an object, and counts its bytes', async () => {
      const object: NewObject = {
        ...newObject('图片/a b.jpg'),
        contentType: 'image/jpeg; charset="图"',
        httpHeaders: {
          'cache-control': 'no-cache',
          'content-disposition': 'attachment; filename="图片.jpg"',
          'content-encoding': 'gzip',
          'content-language': 'zh',
          expires: 'Thu, 01 Dec 1994 16:00:00 GMT',
        },
        userMetadata: {
          plain: 'value',
          chinese: '值 “quoted”',
          emoji: '😀',
          empty: '',
          blanks: ' a ',
          percent: '100%25 +',
          'like-encoded': '=?UTF-8?B?5Zu+?=',
          'content-type': 'not a header',
          'oss-emulator-etag': 'not ours',
        },
        objectType: 'Multipart',
        storageClass: 'IA',
        contentMd5: undefined,
        etag: 'B864DB6A936D376F9F8D3ED3BBE540DD-3',
        crc64: 2n ** 64n - 1n,
      };
      expect(await suite.put(object.key, 'text', object)).toEqual({ outcome: 'committed' });
      expect(await suite.store.head(BUCKET.name, object.key)).toEqual({ ...object, sizeBytes: 4 });
    });

    it('keeps the absence of digests', async () => {
      await suite.put('a', 'text', { crc64: undefined, contentMd5: undefined });
      expect(await suite.store.head(BUCKET.name, 'a')).toMatchObject({ crc64: undefined, contentMd5: undefined });
    });

    it('gives head and bytes together', async () => {
      await suite.put('a', 'text');
      const read1 = await suite.store.read(BUCKET.name, 'a');
      expect(read1?.object).toEqual({ ...newObject('a'), sizeBytes: 4 });
      expect(await content(read1)).toEqual(Buffer.from('text'));
    });

    it('knows no object that was not committed', async () => {
      expect(await suite.store.head(BUCKET.name, 'none')).toBeUndefined();
      expect(await suite.store.read(BUCKET.name, 'none')).toBeUndefined();
      expect(await suite.store.head('oss-conformance-none', 'a')).toBeUndefined();
      expect(await suite.store.read('oss-conformance-none', 'a')).toBeUndefined();
    });
  });
}
