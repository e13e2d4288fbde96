import { requireBucket } from '../require-bucket.ts';
import { readRequestedCallback } from '../callback/callback-request.ts';
import type { ObjectDigests } from '../digests/object-digests.ts';
import type { OperationCall } from '../operation.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { NewObject } from '../store/object-store.ts';
import { answerUpload } from './answer-upload.ts';
import { commitUpload } from './commit-upload.ts';
import { decodeContentMd5 } from './content-md5.ts';
import { digestHeaders, readUploadedHead, wholeSeconds } from './object-head.ts';
import { checkDeclaredSize, stageBody } from './stage-body.ts';

/**
 * The life of a PUT: everything that can be refused is refused before a byte is stored; the bytes are staged, checked and
 * committed; then the callback is sent while the client waits.
 */
export async function putObject(call: OperationCall): Promise<OssResponse> {
  const { request, bucket, key, emulator } = call;
  const { store, callbacks } = emulator;
  const record = await requireBucket(store, bucket);
  const requested = readRequestedCallback(request, record);
  const head = readUploadedHead(request.headers, record.storageClass);
  const expectedMd5 = decodeContentMd5(request.headers['content-md5']);
  checkDeclaredSize(request.body);
  if (requested !== undefined) await callbacks.checkTargets(requested);

  const { staged, digests } = await stageBody(emulator, request, expectedMd5);
  const object: NewObject = { bucket, key, ...head, ...storedDigests(digests), ...newObjectFacts(emulator.now()) };
  const committed = await commitUpload(call, staged, object);
  const answer = { status: 200, headers: { ...digestHeaders(object), ...committed } };
  return answerUpload(call, { object, sizeBytes: digests.sizeBytes, requested }, answer);
}

function storedDigests({ etag, contentMd5, crc64 }: ObjectDigests): Pick<NewObject, 'etag' | 'contentMd5' | 'crc64'> {
  return { etag, contentMd5, crc64 };
}

function newObjectFacts(now: Date): Pick<NewObject, 'objectType' | 'lastModified'> {
  return { objectType: 'Normal', lastModified: wholeSeconds(now) };
}
