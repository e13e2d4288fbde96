import { authorize } from './authorize.ts';
import { isPublicAccessBlocked } from '../bucket-configuration/public-access-block.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { decideByBucketPolicy } from '../ram/decide-by-bucket-policy.ts';
import { ramRequest } from '../ram/ram-request.ts';
import { requiredPermissions } from '../ram/required-permissions.ts';

/**
 * Whether somebody without a signature may do what the call asks for. The bucket's policy comes first: what it denies is
 * refused, what it allows is open unless public access to the bucket is blocked, and where it says nothing the ACLs
 * decide.
 *
 * https://www.alibabacloud.com/help/en/oss/user-guide/authentication, "Authorize anonymous requests".
 *
 * @throws {OssError} `AccessDenied`, or `NoSuchBucket`
 */
export async function authorizeAnonymous(call: OperationCall): Promise<void> {
  const { caller, operation, bucket, key, request, emulator } = call;
  if (caller.kind !== 'anonymous') return;
  if (bucket !== '' && (await isOpenByPolicy(call))) return;
  const versionId = request.parameters.get('versionId');
  await authorize(caller, operation, { bucket, key, versionId }, emulator.store);
}

/** Each right is judged by the policy of its own bucket: what a copy reads may be in another one. */
async function isOpenByPolicy(call: OperationCall): Promise<boolean> {
  const { store } = call.emulator;
  const judged = await Promise.all(
    requiredPermissions(call).map(async (permission) => {
      const record = await store.getBucket(permission.bucket);
      return { record, decision: decideByBucketPolicy(record, ramRequest(call, permission, undefined), call) };
    }),
  );
  const denied = judged.find(({ decision }) => decision === 'explicit-deny');
  if (denied !== undefined) {
    const details = { message: DENIED_BY_BUCKET_POLICY, ec: '0003-00000202' };
    throw new OssError('AccessDenied', { Bucket: denied.record?.name }, details);
  }
  // What is read of another bucket is for that bucket's ACL to open: its policy only denies here.
  const isOpen = judged.every(({ record, decision }) => record?.name === call.bucket && decision === 'allow');
  const [first] = judged;
  return isOpen && first?.record !== undefined && !(await isPublicAccessBlocked(store, first.record));
}

/** The sample of 0003-00000201. */
export const DENIED_BY_BUCKET_POLICY = 'Access denied by bucket policy.';
