import type { OperationCall } from '../operation.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { changeObject } from './change-object.ts';
import { withVersion } from './with-version.ts';

export async function deleteObjectTagging(call: OperationCall): Promise<OssResponse> {
  const object = await changeObject(call, () => ({ tags: undefined }));
  return withVersion({ status: 204 }, object);
}
