import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { DENIED_BY_BUCKET_POLICY } from './authorize-anonymous.ts';
import { authorize } from './authorize.ts';
import { EXISTING_OBJECT_TAG } from '../ram/condition-context.ts';
import { decideByBucketPolicy } from '../ram/decide-by-bucket-policy.ts';
import { ramRequest } from '../ram/ram-request.ts';
import { evaluateRamPolicy } from '../ram/evaluate-ram-policy.ts';
import type { RamDecision, RamRequest } from '../ram/evaluate-ram-policy.ts';
import type { RamPolicy } from '../ram/ram-policy.ts';
import { requiredPermissions } from '../ram/required-permissions.ts';
import type { RequiredPermission } from '../ram/required-permissions.ts';
import type { StsSession } from '../sts/sts-sessions.ts';

/**
 * Whether a session may do what it asks for. The account itself may do everything, and an anonymous caller is none of it.
 * @throws {OssError} `AccessDenied`
 */
export function authorizeSession(call: OperationCall): Promise<void> {
  return requirePermissions(call, requiredPermissions(call));
}

/**
 * For operations that learn from their body what they are about.
 * @throws {OssError} `AccessDenied` unless the session has all of the rights
 */
export async function requirePermissions(
  call: OperationCall,
  permissions: readonly RequiredPermission[],
): Promise<void> {
  const { caller, emulator } = call;
  if (caller.kind !== 'owner' || caller.session === undefined) return;
  const { session } = caller;
  const policies = [session.policy, emulator.roles.find(session.roleName)?.policy];
  const asksForTags = policies.some((policy) => policy !== undefined && asksForObjectTags(policy));
  for (const permission of permissions) {
    const { bucket, key, versionId } = permission;
    /* oxlint-disable no-await-in-loop -- few look-ups, and most requests need one permission */
    const object = asksForTags && key !== '' ? await emulator.store.head(bucket, key, versionId) : undefined;
    await requirePermission(call, session, permission, ramRequest(call, permission, object));
    /* oxlint-enable no-await-in-loop */
  }
}

function asksForObjectTags({ statements }: RamPolicy): boolean {
  return statements.some(({ conditions }) => conditions.some(({ key }) => key.startsWith(EXISTING_OBJECT_TAG)));
}

/**
 * The order of OSS: the session's own policy has to allow; then neither the role's policy nor the bucket's may deny, and one of
 * them has to allow; where both say nothing the ACLs may still. The text of a role's denial, which names the bucket policy, is
 * that of the page of 0003-00000201.
 *
 * https://www.alibabacloud.com/help/en/oss/user-guide/authentication
 */
async function requirePermission(
  call: OperationCall,
  session: StsSession,
  permission: RequiredPermission,
  request: RamRequest,
): Promise<void> {
  const bySession = decide(session.policy, request);
  if (bySession !== 'allow') {
    throw new OssError('AccessDenied', denialMembers('SessionPolicy', bySession, permission, call, session), {
      message: "Access denied by authorizer's policy.",
      ec: '0003-00000301',
    });
  }
  const role = call.emulator.roles.find(session.roleName);
  // A role that is configured no longer has no rights.
  const byRole = role === undefined ? 'implicit-deny' : decide(role.policy, request);
  const { bucket } = permission;
  const record = bucket === '' ? undefined : await call.emulator.store.getBucket(bucket);
  const byBucket = decideByBucketPolicy(record, request, call);
  if (byRole === 'explicit-deny' || byBucket === 'explicit-deny') {
    const type = byRole === 'explicit-deny' ? 'AccountLevelIdentityBasedPolicy' : undefined;
    throw new OssError('AccessDenied', denialMembers(type, 'explicit-deny', permission, call, session), {
      message: DENIED_BY_BUCKET_POLICY,
      ec: denialEc(byRole, byBucket, call.operation.name),
    });
  }
  if (byRole === 'allow' || byBucket === 'allow' || (await isOpenToEverybody(call, permission))) return;
  throw new OssError(
    'AccessDenied',
    denialMembers('AccountLevelIdentityBasedPolicy', byRole, permission, call, session),
  );
}

/** Pages of 0003-00000201, -00000203 and -00000204; the number of a bucket policy alone, between them, is assumed. */
function denialEc(byRole: RamDecision, byBucket: RamDecision, operationName: string): string {
  if (operationName === 'DeleteMultipleObjects') return '0003-00000204';
  if (byRole !== 'explicit-deny') return '0003-00000202';
  return byBucket === 'explicit-deny' ? '0003-00000203' : '0003-00000201';
}

async function isOpenToEverybody(
  { operation, emulator }: OperationCall,
  resource: RequiredPermission,
): Promise<boolean> {
  try {
    await authorize({ kind: 'anonymous' }, operation, resource, emulator.store);
    return true;
  } catch (error) {
    if (error instanceof OssError && error.code === 'AccessDenied') return false;
    throw error;
  }
}

function decide(policy: RamPolicy | undefined, request: RamRequest): RamDecision {
  return policy === undefined ? 'allow' : evaluateRamPolicy(policy, request);
}

/** As the samples of the pages of 0003-00000201 and 0003-00000301 have it, without the encoded diagnosis. */
function denialMembers(
  policyType: string | undefined,
  decision: RamDecision,
  { action, bucket }: RequiredPermission,
  { emulator }: OperationCall,
  { roleName, sessionName }: StsSession,
) {
  return {
    Bucket: bucket === '' ? undefined : bucket,
    AccessDeniedDetail: [
      ['PolicyType', policyType],
      ['AuthPrincipalOwnerId', emulator.account.id],
      ['AuthPrincipalType', 'AssumedRoleUser'],
      ['AuthPrincipalDisplayName', `${roleName}:${sessionName}`],
      ['NoPermissionType', decision === 'explicit-deny' ? 'ExplicitDeny' : 'ImplicitDeny'],
      ['AuthAction', action],
    ],
  } as const;
}
