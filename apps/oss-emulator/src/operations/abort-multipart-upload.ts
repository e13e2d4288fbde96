import type { OperationCall } from '../operation.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { requireUpload } from './require-upload.ts';

/** An upload that is being completed is completed; the abort finds it gone. */
export async function abortMultipartUpload(call: OperationCall): Promise<OssResponse> {
  const { uploads } = call.emulator;
  const { uploadId } = await requireUpload(call);
  await uploads.exclusively(uploadId, async () => uploads.remove(await requireUpload(call)));
  return { status: 204 };
}
