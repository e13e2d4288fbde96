import { matchIpRange } from './match-ip-range.ts';
import { matchWildcards } from '../match-wildcards.ts';

/** Compares what the request has with one value of the policy. */
type Comparison = (actual: string, expected: string) => boolean;

interface OperatorRow {
  readonly holds: Comparison;
  /** The operator says `Not`: no value may match, and a request without the key has none that does (assumed). */
  readonly negated?: true;
}

const equal: Comparison = (actual, expected) => actual === expected;
const equalIgnoringCase: Comparison = (actual, expected) => actual.toLowerCase() === expected.toLowerCase();
const like: Comparison = (actual, expected) => matchWildcards(expected, actual);
const numeric = (compare: (actual: number, expected: number) => boolean): Comparison => {
  // NaN, which is what other texts become, compares as false; Number('') would be 0.
  const read = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
  return (actual, expected) => compare(read(actual), read(expected));
};
const date = (compare: (actual: number, expected: number) => boolean): Comparison => {
  return (actual, expected) => compare(Date.parse(actual), Date.parse(expected));
};
const same = (actual: number, expected: number): boolean => actual === expected;
const less = (actual: number, expected: number): boolean => actual < expected;
const lessOrSame = (actual: number, expected: number): boolean => actual <= expected;
const greater = (actual: number, expected: number): boolean => actual > expected;
const greaterOrSame = (actual: number, expected: number): boolean => actual >= expected;

/**
 * The operators of a policy's conditions.
 *
 * https://www.alibabacloud.com/help/en/ram/conditional-operator
 */
export const conditionOperators = {
  StringEquals: { holds: equal },
  StringNotEquals: { holds: equal, negated: true },
  StringEqualsIgnoreCase: { holds: equalIgnoringCase },
  StringNotEqualsIgnoreCase: { holds: equalIgnoringCase, negated: true },
  StringLike: { holds: like },
  StringNotLike: { holds: like, negated: true },
  NumericEquals: { holds: numeric(same) },
  NumericNotEquals: { holds: numeric(same), negated: true },
  NumericLessThan: { holds: numeric(less) },
  NumericLessThanEquals: { holds: numeric(lessOrSame) },
  NumericGreaterThan: { holds: numeric(greater) },
  NumericGreaterThanEquals: { holds: numeric(greaterOrSame) },
  DateEquals: { holds: date(same) },
  DateNotEquals: { holds: date(same), negated: true },
  DateLessThan: { holds: date(less) },
  DateLessThanEquals: { holds: date(lessOrSame) },
  DateGreaterThan: { holds: date(greater) },
  DateGreaterThanEquals: { holds: date(greaterOrSame) },
  Bool: { holds: equalIgnoringCase },
  IpAddress: { holds: matchIpRange },
  NotIpAddress: { holds: matchIpRange, negated: true },
} as const satisfies Record<string, OperatorRow>;

export type ConditionOperator = keyof typeof conditionOperators;

export function isConditionOperator(name: string): name is ConditionOperator {
  return Object.hasOwn(conditionOperators, name);
}

/** @param actual what the request has; `undefined` when it has nothing of the kind */
export function conditionHolds(
  operator: ConditionOperator,
  actual: string | undefined,
  values: readonly string[],
): boolean {
  const row: OperatorRow = conditionOperators[operator];
  const matches = actual !== undefined && values.some((value) => row.holds(actual, value));
  return row.negated === true ? !matches : matches;
}
