import type { OperationCall } from '../operation.ts';
import type { OssResponse } from '../oss-response.ts';
import { addPart } from './add-part.ts';
import { decodeContentMd5 } from './content-md5.ts';
import { digestHeaders, wholeSeconds } from './object-head.ts';
import { readPartNumber } from './part-number.ts';
import { requireUpload } from './require-upload.ts';
import { encryptionHeaders, refuseServerSideEncryption } from './server-side-encryption.ts';
import { checkDeclaredSize, stageBody } from './stage-body.ts';

/** How large a part has to be is looked at when the upload is completed: only then is it known which one is the last. */
export async function uploadPart(call: OperationCall): Promise<OssResponse> {
  const { request, emulator } = call;
  const partNumber = readPartNumber(request.parameters.get('partNumber'));
  const expectedMd5 = decodeContentMd5(request.headers['content-md5']);
  refuseServerSideEncryption(request.headers);
  checkDeclaredSize(request.body);
  const upload = await requireUpload(call);
  const { staged, digests } = await stageBody(emulator, request, expectedMd5);
  await addPart(call, upload, { partNumber, staged, digests, lastModified: wholeSeconds(emulator.now()) });
  return {
    status: 200,
    headers: { ...digestHeaders(digests), ...encryptionHeaders(upload.head.serverSideEncryption) },
  };
}
