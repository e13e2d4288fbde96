import { callbackFailure } from '@oss-callback/oss-callback';
import { requireBucket } from '../authorize.ts';
import { readRequestedCallback } from '../callback/callback-request.ts';
import { callbackFailedError } from '../callback/send-callback.ts';
import { meterDigests } from '../object-digests.ts';
import type { ObjectDigests } from '../object-digests.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../oss-response.ts';
import type { RequestBody } from '../request-body.ts';
import type { NewObject, StagedBytes } from '../store/object-store.ts';
import { decodeContentMd5 } from './content-md5.ts';
import { digestHeaders, readUploadedHead, wholeSeconds } from './object-head.ts';
import { uploadCallbackValues } from './upload-callback-values.ts';

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
  await commit(call, staged, object);

  const headers = digestHeaders(object);
  if (requested === undefined) return { status: 200, headers };
  const uploaded = { object, sizeBytes: digests.sizeBytes, template: requested.callback.body };
  const values = await uploadCallbackValues(call, uploaded).catch((error: unknown) => {
    throw callbackFailedError({ ...callbackFailure('image-info'), cause: error }, headers);
  });
  const outcome = await callbacks.send({
    requested,
    values,
    operation: call.operation.name,
    requestId: request.requestId,
    requesterId: call.caller.kind === 'owner' ? emulator.account.id : '',
  });
  if (outcome.outcome === 'failed') throw callbackFailedError(outcome, headers);
  return { status: 200, headers: { ...headers, 'Content-Type': outcome.contentType }, body: outcome.body };
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

async function commit({ request, bucket, emulator }: OperationCall, staged: StagedBytes, object: NewObject) {
  const forbidOverwrite = request.headers['x-oss-forbid-overwrite']?.toLowerCase() === 'true';
  const outcome = await emulator.store.commit(staged, object, { forbidOverwrite });
  if (outcome === 'bucket-missing') throw new OssError('NoSuchBucket', { BucketName: bucket });
  if (outcome === 'object-exists') throw new OssError('FileAlreadyExists');
}
