import { authorize } from './authorize.ts';
import { requireBucket } from '../require-bucket.ts';
import { DENIED_BY_BUCKET_POLICY } from './authorize-anonymous.ts';
import { isPublicAccessBlocked } from '../bucket-configuration/public-access-block.ts';
import type { Operation, OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { decideByBucketPolicy } from '../ram/decide-by-bucket-policy.ts';
import { ramRequest } from '../ram/ram-request.ts';
import { requiredPermissions } from '../ram/required-permissions.ts';
import type { RequiredPermission } from '../ram/required-permissions.ts';

/** What an account that owns nothing here may ask the service for. */
const OPEN_SERVICE_OPERATIONS: ReadonlySet<string> = new Set(['GetService', 'DescribeRegions']);

/**
 * Whether another account may do what the call asks for. The bucket's policy comes first, by the account's id; where it says
 * nothing the ACLs decide, as for anybody.
 *
 * https://www.alibabacloud.com/help/en/oss/user-guide/authentication
 *
 * @param permissions what the call needs; an operation that learns them from its body gives them itself
 * @throws {OssError} `AccessDenied`, `NoSuchBucket`
 */
export async function authorizeOtherAccount(
  call: OperationCall,
  permissions: readonly RequiredPermission[] = requiredPermissions(call),
): Promise<void> {
  const { caller, operation } = call;
  if (caller.kind !== 'other-account' || OPEN_SERVICE_OPERATIONS.has(operation.name)) return;
  // What it made would be the emulator's account's.
  if (operation.resource === 'service' || operation.name === 'PutBucket') throw new OssError('AccessDenied');
  for (const permission of permissions) {
    // Few look-ups, and most requests need one permission.
    // oxlint-disable-next-line no-await-in-loop
    await requireAllowed(call, permission);
  }
}

async function requireAllowed(call: OperationCall, permission: RequiredPermission): Promise<void> {
  const { caller, operation, emulator } = call;
  const { bucket, key, versionId } = permission;
  // A source that names no bucket is for the operation to refuse.
  if (bucket === '') return;
  const record = await requireBucket(emulator.store, bucket);
  const object = key === '' ? undefined : await emulator.store.head(bucket, key, versionId);
  const request = ramRequest(call, permission, object);
  const decision = decideByBucketPolicy(record, request, call);
  if (decision === 'explicit-deny') {
    const details = { message: DENIED_BY_BUCKET_POLICY, ec: '0003-00000202' };
    throw new OssError('AccessDenied', { Bucket: bucket }, details);
  }
  // What a policy gives to everybody is public, and may be blocked; what it gives by name is not.
  const forEverybody = decideByBucketPolicy(record, request, { caller: { kind: 'anonymous' }, emulator }) === 'allow';
  const isBlocked = forEverybody && (await isPublicAccessBlocked(emulator.store, record));
  if (decision === 'allow' && !isBlocked) return;
  await authorize(caller, operationOf(permission, operation), permission, emulator.store);
}

/** The operation as the ACLs judge it: copying reads its source, and no ACL lets others set tags. */
function operationOf({ action }: RequiredPermission, operation: Operation): Operation {
  const { name, method, resource } = operation;
  const closed = { name, method, resource };
  if (action === 'oss:PutObjectTagging') return closed;
  const isCopySource = method === 'PUT' && action.startsWith('oss:GetObject');
  return isCopySource ? { ...closed, publicAccess: 'read' } : operation;
}
