import { authenticate } from './authenticate.ts';
import { authorizeAnonymous } from './authorize-anonymous.ts';
import { authorizeSession } from './authorize-session.ts';
import { authorizeOtherAccount } from './authorize-other-account.ts';
import { requireBucket } from '../require-bucket.ts';
import type { EmulatorContext } from '../emulator-context.ts';
import { refuseForeignBucket } from './foreign-bucket.ts';
import type { Caller, Operation, OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssRequest } from '../http/oss-request.ts';
import { requirePayer } from './require-payer.ts';

/**
 * The call that a request makes: who sends it, and that it may.
 * @returns nobody's call for an operation that anybody may ask for, as browsers sign no preflight, and for one whose body
 * says who sends it: OSS does not look at what else a form is signed with. Its handler finds out, and asks
 * {@link requirePermission} then.
 * @throws {OssError} of {@link authenticate} and {@link requirePermission}
 */
export async function admit(
  request: OssRequest,
  operation: Operation,
  emulator: EmulatorContext,
): Promise<OperationCall> {
  const { bucket = '', key = '' } = request.address;
  const unproven: OperationCall = { request, operation, caller: { kind: 'anonymous' }, bucket, key, emulator };
  if (operation.authenticatedBy !== undefined) return unproven;
  const call = { ...unproven, caller: await authenticateInBucket(unproven) };
  await requirePermission(call);
  return call;
}

/** Of a bucket that is not there: once they made it, and OSS looks at the key id first. */
const MAKES_BUCKETS: ReadonlySet<string> = new Set(['PutBucket', 'PutBucketAcl']);

/** OSS misses the bucket before it misses the key id (Go SDK v2, TestClientExtension; Python SDK v2, test_bucket_basic_async). */
async function authenticateInBucket({ request, operation, bucket, emulator }: OperationCall): Promise<Caller> {
  try {
    return authenticate(request, emulator);
  } catch (error) {
    const isUnknownKey = error instanceof OssError && error.code === 'InvalidAccessKeyId';
    if (isUnknownKey && bucket !== '' && !MAKES_BUCKETS.has(operation.name))
      await requireBucket(emulator.store, bucket);
    throw error;
  }
}

/**
 * Whether the caller may do what the call asks for: buckets of others, who pays, ACLs, the policies of buckets,
 * sessions and roles.
 * @throws {OssError} `AccessDenied`, `NoSuchBucket`
 */
export async function requirePermission(call: OperationCall): Promise<void> {
  const { operation, bucket, emulator } = call;
  refuseForeignBucket(bucket, operation, emulator.foreignBuckets);
  await requirePayer(call);
  await authorizeAnonymous(call);
  await authorizeOtherAccount(call);
  await authorizeSession(call);
}
