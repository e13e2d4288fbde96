import { requireBucket } from '../require-bucket.ts';
import type { OperationHandler } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../http/oss-response.ts';
import { parseRamPolicy, VERSION_RULE } from '../ram/parse-ram-policy.ts';
import type { RamPolicy } from '../ram/ram-policy.ts';
import { withSetting } from './bucket-setting.ts';
import { isPublicAccessBlocked } from './public-access-block.ts';
import { changeBucket, readConfigurationBody } from './stored-configuration.ts';

export const POLICY_SETTING = 'policy';

const MAX_POLICY_BYTES = 16 * 1024;
const MAX_STATEMENT_BYTES = 4095;

/** Kept and answered byte for byte. Source: putbucketpolicy and the pages of EC 0030-…. */
export const putBucketPolicy: OperationHandler = async (call) => {
  const record = await requireBucket(call.emulator.store, call.bucket);
  const policy = (await readConfigurationBody(call.request)).toString('utf8');
  if (isPublic(readBucketPolicy(policy)) && (await isPublicAccessBlocked(call.emulator.store, record))) {
    const message = 'Put public bucket policy is not allowed';
    throw new OssError('AccessDenied', { BucketName: call.bucket }, { message });
  }
  await changeBucket(call, (bucket) => withSetting(bucket, POLICY_SETTING, policy));
  return { status: 200 };
};

export const getBucketPolicy: OperationHandler = async (call) => {
  const record = await requireBucket(call.emulator.store, call.bucket);
  const policy = record.settings[POLICY_SETTING];
  if (policy === undefined) throw new OssError('NoSuchBucketPolicy', { BucketName: call.bucket });
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: Buffer.from(policy, 'utf8') };
};

/** Whether the policy lets everybody do something. */
export const getBucketPolicyStatus: OperationHandler = async (call) => {
  const record = await requireBucket(call.emulator.store, call.bucket);
  const policy = record.settings[POLICY_SETTING];
  const isOpen = policy !== undefined && isPublic(readBucketPolicy(policy));
  return xmlResponse('PolicyStatus', [['IsPublic', isOpen]]);
};

/**
 * Everybody, on no condition; OSS also weighs conditions such as an address range, which the emulator takes for a limit. To
 * OSS a statement that names nobody is public too (Python SDK v2, test_bucket_policy_client.py).
 */
function isPublic({ statements }: RamPolicy): boolean {
  return statements.some(
    ({ effect, principals = [], conditions }) =>
      effect === 'Allow' && (principals.length === 0 || principals.includes('*')) && conditions.length === 0,
  );
}

/**
 * Nothing is taken that cannot be enforced: of a policy with an unknown operator, say, no statement could be relied on.
 * @throws {OssError} `InvalidPolicyDocument`
 */
function readBucketPolicy(text: string): RamPolicy {
  if (Buffer.byteLength(text) > MAX_POLICY_BYTES) {
    throw invalid('The policy must not be larger than 16 KB.', '0030-00000001');
  }
  const parsed = parseRamPolicy(text, 'bucket');
  if (!parsed.ok) {
    // C++ SDK, SetBucketPolicyInvalidInputTest: of the text `policy`, "unknown char p".
    const [first = ''] = text.trimStart();
    if (first !== '' && first !== '{') throw invalid(parsed.rule, undefined, `unknown char ${first}`);
    const isOtherVersion = parsed.rule === VERSION_RULE && typeof parseKnownJson(text).Version === 'string';
    throw invalid(parsed.rule, isOtherVersion ? '0030-00000002' : undefined);
  }
  const { Statement: statements } = parseKnownJson(text);
  if (statements.some((statement) => Buffer.byteLength(JSON.stringify(statement)) > MAX_STATEMENT_BYTES)) {
    throw invalid('A statement must not be larger than 4095 bytes.', '0030-00000003');
  }
  return parsed.policy;
}

/** Of a text that has been found to be a JSON object. */
function parseKnownJson(text: string): { readonly Version: unknown; readonly Statement: readonly unknown[] } {
  return JSON.parse(text) as { readonly Version: unknown; readonly Statement: readonly unknown[] };
}

function invalid(detail: string, ec = '0030-00000005', message?: string): OssError {
  return new OssError('InvalidPolicyDocument', { PolicyErrorDetail: detail }, { ec, ...(message && { message }) });
}
