import { requireBucket } from '../authorize.ts';
import { readRequestedCallback } from '../callback/callback-request.ts';
import { meterDigests } from '../object-digests.ts';
import type { ObjectDigests } from '../object-digests.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../oss-response.ts';
import type { RequestBody } from '../request-body.ts';
import type { NewObject } from '../store/object-store.ts';
import { answerUpload } from './answer-upload.ts';
import { commitUpload } from './commit-upload.ts';
import { decodeContentMd5 } from './content-md5.ts';
import { digestHeaders, readUploadedHead, wholeSeconds } from './object-head.ts';

/** 5 GB, the documented limit of one PUT. */
const MAX_OBJECT_BYTES = 5 * 1024 ** 3;

/**
 * The life of a PUT: everything that can be refused is refused before a byte is stored; the bytes are staged, checked and
 * committed; then the callback is sent while the client waits.
 */
export async function putObject(call: OperationCall): Promise<OssResponse> {
  const { request, bucket, key, emulator } = call;
  const { store, callbacks } = emulator;
  const { storageClass } = await requireBucket(store, bucket);
  const requested = readRequestedCallback(request);
  const head = readUploadedHead(request.headers, storageClass);
  const expectedMd5 = decodeContentMd5(request.headers['content-md5']);
  checkDeclaredSize(request.body);
  if (requested !== undefined) await callbacks.checkTargets(requested);

  const metered = meterDigests(request.body.read(MAX_OBJECT_BYTES));
  const staged = await store.stage(metered.bytes);
  const digests = metered.digests();
  if (expectedMd5 !== undefined && !digests.md5.equals(expectedMd5)) {
    await store.discard(staged);
    throw new OssError('InvalidDigest');
  }
  const object: NewObject = { bucket, key, ...head, ...storedDigests(digests), ...newObjectFacts(emulator.now()) };
  const committed = await commitUpload(call, staged, object);
  const answer = { status: 200, headers: { ...digestHeaders(object), ...committed } };
  return answerUpload(call, { object, sizeBytes: digests.sizeBytes, requested }, answer);
}

function checkDeclaredSize({ declaredSizeBytes, chunked }: RequestBody): void {
  if (declaredSizeBytes === undefined && !chunked) throw new OssError('MissingContentLength');
  if (declaredSizeBytes !== undefined && declaredSizeBytes > MAX_OBJECT_BYTES) throw new OssError('EntityTooLarge');
}

function storedDigests({ etag, contentMd5, crc64 }: ObjectDigests): Pick<NewObject, 'etag' | 'contentMd5' | 'crc64'> {
  return { etag, contentMd5, crc64 };
}

function newObjectFacts(now: Date): Pick<NewObject, 'objectType' | 'lastModified'> {
  return { objectType: 'Normal', lastModified: wholeSeconds(now) };
}
