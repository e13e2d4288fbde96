import { requireBucket } from '../require-bucket.ts';
import { readRequestedCallback } from '../callback/callback-request.ts';
import { combineParts } from '../multipart/combine-parts.ts';
import type { MultipartUpload } from '../multipart/multipart-upload.ts';
import { meterDigests } from '../digests/object-digests.ts';
import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { NewObject } from '../store/object-store.ts';
import { answerUpload } from './answer-upload.ts';
import { checkEncryptedParts } from './client-side-encryption.ts';
import { commitUpload } from './commit-upload.ts';
import { checkSha1, invalidSha1 } from './content-sha1.ts';
import { readNameEncoding } from './list-parameters.ts';
import type { NameEncoding } from './list-parameters.ts';
import { readObjectAcl } from './object-acl.ts';
import { digestHeaders, wholeSeconds } from './object-head.ts';
import { objectLocation } from './object-location.ts';
import { readPartList, selectParts } from './part-list.ts';
import { requireUpload } from './require-upload.ts';
import { refuseServerSideEncryption } from './server-side-encryption.ts';

/**
 * CompleteMultipartUpload: everything that can be refused is refused before a byte is moved; then the parts become the object
 * by one commit, the upload is over, and the callback is sent while the client waits. A client that goes away in between
 * changes nothing (documented).
 */
export async function completeMultipartUpload(call: OperationCall): Promise<OssResponse> {
  const { request, bucket, emulator } = call;
  const { uploads, callbacks } = emulator;
  const encoding = readNameEncoding(request.parameters);
  const requested = readRequestedCallback(request, await requireBucket(emulator.store, bucket));
  refuseServerSideEncryption(request.headers);
  const { uploadId } = await requireUpload(call);
  const wanted = await readPartList(request);
  if (requested !== undefined) await callbacks.checkTargets(requested);

  const stored = await uploads.exclusively(uploadId, async () => {
    // Looked for again: another request may have ended the upload while this one waited.
    const upload = await requireUpload(call);
    const parts = selectParts(uploadId, await uploads.parts(uploadId), wanted);
    checkEncryptedParts(upload, parts);
    const sha1 = checkSha1(request.headers, uploads.read(uploadId, parts));
    const metered = meterContent(upload, sha1.bytes);
    const staged = await emulator.store.stage(metered.bytes);
    if (!sha1.holds()) {
      await emulator.store.discard(staged);
      throw invalidSha1();
    }
    const object: NewObject = {
      bucket: upload.bucket,
      key: upload.key,
      ...upload.head,
      acl: readObjectAcl(request.headers) ?? upload.head.acl,
      ...combineParts(parts),
      contentMd5: metered.contentMd5(),
      objectType: 'Multipart',
      lastModified: wholeSeconds(emulator.now()),
    };
    const committed = await commitUpload(call, staged, object);
    await uploads.remove(upload);
    return { object, sizeBytes: staged.sizeBytes, headers: { ...digestHeaders(object), ...committed } };
  });
  const { object, sizeBytes, headers } = stored;
  return answerUpload(call, { object, sizeBytes, requested }, plainAnswer(call, encoding, headers));
}

/** Only sequential uploads get a Content-MD5 (tests of the Go and Python SDKs). */
function meterContent({ sequential }: MultipartUpload, bytes: AsyncIterable<Uint8Array>) {
  if (!sequential) return { bytes, contentMd5: () => undefined };
  const metered = meterDigests(bytes);
  return { bytes: metered.bytes, contentMd5: () => metered.digests().contentMd5 };
}

function plainAnswer(
  call: OperationCall,
  encoding: NameEncoding,
  headers: Readonly<Record<string, string | undefined>>,
): OssResponse {
  const answer = xmlResponse('CompleteMultipartUploadResult', [
    ['EncodingType', encoding.type],
    ['Location', objectLocation(call.request, call.bucket, call.key)],
    ['Bucket', call.bucket],
    ['Key', encoding.encode(call.key)],
    ['ETag', headers['ETag']],
  ]);
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
