import { authorize } from './authorize.ts';
import { isPublicAccessBlocked } from './bucket-configuration/public-access-block.ts';
import type { OperationCall } from './operation.ts';
import { OssError } from './oss-error.ts';
import { decideByBucketPolicy } from './ram/decide-by-bucket-policy.ts';
import { ramRequest } from './ram/ram-request.ts';
import { requiredPermissions } from './ram/required-permissions.ts';

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

async function isOpenByPolicy(call: OperationCall): Promise<boolean> {
  const { store } = call.emulator;
  const record = await store.getBucket(call.bucket);
  const permissions = requiredPermissions(call);
  // What is read of another bucket, for a copy, is for that bucket to open.
  const decisions = permissions
    .filter(({ bucket }) => bucket === call.bucket)
    .map((permission) => decideByBucketPolicy(record, ramRequest(call, permission, undefined), call));
  if (decisions.includes('explicit-deny')) {
    const details = { message: DENIED_BY_BUCKET_POLICY, ec: '0003-00000202' };
    throw new OssError('AccessDenied', { Bucket: call.bucket }, details);
  }
  if (record !== undefined && (await isPublicAccessBlocked(store, record))) return false;
  return decisions.length === permissions.length && decisions.length > 0 && decisions.every((one) => one === 'allow');
}

/** The sample of 0003-00000201. */
export const DENIED_BY_BUCKET_POLICY = 'Access denied by bucket policy.';
