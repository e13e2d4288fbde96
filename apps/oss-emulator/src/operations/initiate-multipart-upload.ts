import { requireBucket } from '../require-bucket.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { readNameEncoding } from './list-parameters.ts';
import { checkAnnouncedEncryption } from './client-side-encryption.ts';
import { forbidsOverwrite } from './must-not-overwrite.ts';
import { readUploadedHead, wholeSeconds } from './object-head.ts';
import { encryptionHeaders } from './server-side-encryption.ts';
import { withoutConditions } from './without-conditions.ts';

/**
 * InitiateMultipartUpload: what the headers say is kept for the object. A callback is none of its business: Android's SDK
 * sends a hand-made `x-oss-callback` here too, and OSS takes it on CompleteMultipartUpload.
 */
export async function initiateMultipartUpload({ request, bucket, key, emulator }: OperationCall): Promise<OssResponse> {
  const encoding = readNameEncoding(request.parameters);
  const record = await requireBucket(emulator.store, bucket);
  const head = readUploadedHead(withoutConditions(request.headers), record.storageClass);
  checkAnnouncedEncryption(head.userMetadata);
  if (forbidsOverwrite(request.headers, record) && (await emulator.store.head(bucket, key)) !== undefined) {
    throw new OssError('FileAlreadyExists');
  }
  const initiatedAt = wholeSeconds(emulator.now());
  const sequential = request.parameters.has('sequential');
  const uploadId = await emulator.uploads.initiate({ bucket, key, initiatedAt, sequential, head });
  const answer = xmlResponse('InitiateMultipartUploadResult', [
    ['EncodingType', encoding.type],
    ['Bucket', bucket],
    ['Key', encoding.encode(key)],
    ['UploadId', uploadId],
  ]);
  return { ...answer, headers: { ...answer.headers, ...encryptionHeaders(head.serverSideEncryption) } };
}
