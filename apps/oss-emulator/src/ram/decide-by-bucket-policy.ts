import { POLICY_SETTING } from '../bucket-configuration/bucket-policy.ts';
import type { OperationCall } from '../operation.ts';
import type { BucketRecord } from '../store/object-store.ts';
import { evaluateRamPolicy } from './evaluate-ram-policy.ts';
import type { RamDecision, RamRequest } from './evaluate-ram-policy.ts';
import { parseRamPolicy } from './parse-ram-policy.ts';
import { principalsOf } from './principals-of.ts';

/**
 * What a bucket's policy says about a request. One that cannot be read denies everything: PutBucketPolicy takes none, so
 * somebody wrote it past the emulator, and what it was to deny is not known. The owner's own key is not asked about at all:
 * OSS would let a Deny with a condition lock it out.
 *
 * https://www.alibabacloud.com/help/en/oss/user-guide/oss-bucket-policy/
 */
export function decideByBucketPolicy(
  record: BucketRecord | undefined,
  request: RamRequest,
  { caller, emulator }: Pick<OperationCall, 'caller' | 'emulator'>,
): RamDecision {
  const text = record?.settings[POLICY_SETTING];
  if (text === undefined) return 'implicit-deny';
  const parsed = parseRamPolicy(text, 'bucket');
  if (!parsed.ok) return 'explicit-deny';
  return evaluateRamPolicy(parsed.policy, { ...request, principals: principalsOf(caller, emulator.account.id) });
}
