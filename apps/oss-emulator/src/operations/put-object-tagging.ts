import type { OperationCall } from '../operation.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { readSmallBody } from '../http/request-body.ts';
import { changeObject } from './change-object.ts';
import { readTaggingBody } from './object-tags.ts';
import { withVersion } from './with-version.ts';

/** Ten tags at their longest take 5 KB. */
const MAX_BODY_BYTES = 64 * 1024;

/** PutObjectTagging: replaces all tags; `Last-Modified` stays as it is. */
export async function putObjectTagging(call: OperationCall): Promise<OssResponse> {
  const body = await readSmallBody(call.request.body, MAX_BODY_BYTES);
  const tags = readTaggingBody(body.toString('utf8'));
  const object = await changeObject(call, () => ({ tags }));
  return withVersion({ status: 200 }, object);
}
