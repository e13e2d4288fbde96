import type { OperationCall } from '../operation.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { addPart } from './add-part.ts';
import { decodeContentMd5 } from './content-md5.ts';
import { checkEncryptedPart } from './client-side-encryption.ts';
import { digestHeaders, readUserMetadata, wholeSeconds } from './object-head.ts';
import { readPartNumber } from './part-number.ts';
import { requireUpload } from './require-upload.ts';
import { encryptionHeaders, refuseServerSideEncryption } from './server-side-encryption.ts';
import { checkDeclaredSize, stageBody } from './stage-body.ts';

/**
 * How large a part has to be is looked at when the upload is completed, for only then is it known which one is the last; but
 * for uploads that their client encrypts.
 */
export async function uploadPart(call: OperationCall): Promise<OssResponse> {
  const { request, emulator } = call;
  const partNumber = readPartNumber(request.parameters.get('partNumber'));
  const expectedMd5 = decodeContentMd5(request.headers['content-md5']);
  refuseServerSideEncryption(request.headers);
  checkDeclaredSize(request.body);
  const upload = await requireUpload(call);
  const { staged, digests } = await stageBody(emulator, request, expectedMd5);
  try {
    checkEncryptedPart(upload, readUserMetadata(request.headers), { partNumber, sizeBytes: digests.sizeBytes });
  } catch (error) {
    await emulator.store.discard(staged);
    throw error;
  }
  await addPart(call, upload, { partNumber, staged, digests, lastModified: wholeSeconds(emulator.now()) });
  return {
    status: 200,
    headers: { ...digestHeaders(digests), ...encryptionHeaders(upload.head.serverSideEncryption) },
  };
}
