import { describe, expect, it } from 'vitest';

import { newObject } from './conformance/store-under-test.conformance.ts';
import type { NewObject } from './object-store.ts';
import { decodeObjectHeaders, encodeObjectHeaders } from './s3-object-headers.ts';

describe('encodeObjectHeaders', () => {
  it('gives content type, HTTP headers and user metadata as S3 has them', () => {
    const headers = encodeObjectHeaders({
      ...newObject('a'),
      contentType: 'image/jpeg',
      httpHeaders: { 'cache-control': 'no-cache', expires: 'Thu, 01 Dec 1994 16:00:00 GMT' },
      userMetadata: { author: 'Li', place: '杭州' },
    });
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'no-cache',
      expires: 'Thu, 01 Dec 1994 16:00:00 GMT',
      'x-amz-meta-author': 'Li',
      'x-amz-meta-place': '=?UTF-8?B?5p2t5bee?=',
    });
  });

  it('adds entries of its own only for what S3 does not know and would not answer anyway', () => {
    const own = (object: NewObject) =>
      Object.keys(encodeObjectHeaders(object)).filter((name) => name.includes('emulator'));
    expect(own({ ...newObject('a'), crc64: undefined, contentMd5: undefined })).toEqual([
      'x-amz-meta-oss-emulator-etag',
      'x-amz-meta-oss-emulator-last-modified',
    ]);
    expect(own({ ...newObject('a'), objectType: 'Multipart', storageClass: 'IA' })).toEqual([
      'x-amz-meta-oss-emulator-object-type',
      'x-amz-meta-oss-emulator-storage-class',
      'x-amz-meta-oss-emulator-etag',
      'x-amz-meta-oss-emulator-crc64',
      'x-amz-meta-oss-emulator-content-md5',
      'x-amz-meta-oss-emulator-last-modified',
    ]);
  });

  it('puts nothing into a header that could begin another, whatever the values are', () => {
    const hostile = 'a\r\nx-amz-acl: public-read';
    const headers = encodeObjectHeaders({
      ...newObject('a'),
      contentType: hostile,
      httpHeaders: { 'content-disposition': hostile },
      userMetadata: { name: hostile },
    });
    for (const value of Object.values(headers)) {
      expect(value).toMatch(/^[ -~]+$/);
    }
  });
});

describe('decodeObjectHeaders', () => {
  it.each<Partial<NewObject>>([
    {},
    { contentType: '', httpHeaders: { 'cache-control': '', 'content-disposition': 'attachment; filename="图.jpg"' } },
    { contentType: 'text/plain; charset="图"', objectType: 'Appendable', storageClass: 'Archive', crc64: 0n },
    { userMetadata: { 'content-type': 'x', 'oss-emulator-etag': 'x', 'oss-emulator-user-x': 'x', blank: ' ' } },
    { userMetadata: { encoded: '=?UTF-8?B?5p2t5bee?=', empty: '' }, crc64: undefined, contentMd5: undefined },
  ])('gives back what was put (%o)', (facts) => {
    const object = { ...newObject('a'), ...facts };
    const headers = {
      ...encodeObjectHeaders(object),
      'content-length': '4',
      etag: '"098f6bcd4621d373cade4e832627b4f6"',
    };
    expect(decodeObjectHeaders(object.bucket, object.key, headers)).toEqual({ ...object, sizeBytes: 4 });
  });

  it('takes what S3 says of an object that another tool put', () => {
    const headers = {
      'content-length': '4',
      'content-type': 'text/plain',
      etag: '"098f6bcd4621d373cade4e832627b4f6"',
      'last-modified': 'Tue, 24 Nov 2026 11:06:34 GMT',
      'x-amz-meta-mtime': '1790000000',
    };
    expect(decodeObjectHeaders('bucket', 'key', headers)).toEqual({
      bucket: 'bucket',
      key: 'key',
      sizeBytes: 4,
      etag: '098F6BCD4621D373CADE4E832627B4F6',
      crc64: undefined,
      contentMd5: undefined,
      contentType: 'text/plain',
      httpHeaders: {},
      userMetadata: { mtime: '1790000000' },
      objectType: 'Normal',
      storageClass: 'Standard',
      lastModified: new Date('2026-11-24T11:06:34Z'),
    });
  });

  it('takes the size of the whole object from the answer to a range', () => {
    const headers = { 'content-length': '6', 'content-range': 'bytes 5-10/8388708' };
    expect(decodeObjectHeaders('bucket', 'key', headers).sizeBytes).toBe(8_388_708);
  });
});
