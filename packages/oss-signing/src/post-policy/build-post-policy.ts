import { SigningInputError } from '../signing-input-error.ts';
import { escapeDollars } from './dollar-escape.ts';
import { isByteCount, isConditionList, type PostPolicyCondition } from './post-policy-condition.ts';

/**
 * Writes a policy document, the JSON text that a form carries as Base64 in its field `policy`.
 *
 * OSS: "Policy" of *PostObject*, https://www.alibabacloud.com/help/en/oss/developer-reference/postobject
 *
 * @param policy.expiration until when the form may be used
 * @param policy.conditions what the form must be like; at least one
 * @throws {SigningInputError} for a policy that OSS could only refuse
 */
export function buildPostPolicy(policy: {
  readonly expiration: Date;
  readonly conditions: readonly PostPolicyCondition[];
}): string {
  const { expiration, conditions } = policy;
  if (Number.isNaN(expiration.getTime())) {
    throw new SigningInputError('expiration', 'must be a valid Date');
  }
  if (conditions.length === 0) {
    throw new SigningInputError('conditions', 'must hold at least one condition');
  }
  return JSON.stringify({ expiration: expiration.toISOString(), conditions: conditions.map(writeCondition) });
}

function writeCondition(condition: PostPolicyCondition, index: number): unknown {
  if (!isConditionList(condition)) {
    const members = Object.entries(condition);
    if (members.length !== 1) {
      throw new SigningInputError(`conditions[${index}]`, 'must have exactly one member');
    }
    return Object.fromEntries(members.map(([name, value]) => [name, escapeDollars(value)]));
  }
  if (condition[0] === 'content-length-range') {
    const [, minBytes, maxBytes] = condition;
    if (!isByteCount(minBytes) || !isByteCount(maxBytes) || minBytes > maxBytes) {
      throw new SigningInputError(`conditions[${index}]`, 'must be two whole numbers of bytes, the smaller one first');
    }
    return condition;
  }
  const [match, field, value] = condition;
  if (!/^\$./.test(field)) {
    throw new SigningInputError(`conditions[${index}]`, 'must name its field with a dollar before it');
  }
  return [match, field, typeof value === 'string' ? escapeDollars(value) : value.map(escapeDollars)];
}
