import { withCallbackPolicies } from '../callback/callback-policies.ts';
import type { OperationCall } from '../operation.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { updateBucket } from './update-bucket.ts';

export async function deleteBucketCallbackPolicy(call: OperationCall): Promise<OssResponse> {
  await updateBucket(call, (bucket) => withCallbackPolicies(bucket, undefined));
  return { status: 204 };
}
