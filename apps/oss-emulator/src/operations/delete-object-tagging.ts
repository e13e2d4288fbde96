import type { OperationCall } from '../operation.ts';
import type { OssResponse } from '../oss-response.ts';
import { changeObject } from './change-object.ts';

export async function deleteObjectTagging(call: OperationCall): Promise<OssResponse> {
  await changeObject(call, () => ({ tags: undefined }));
  return { status: 204 };
}
