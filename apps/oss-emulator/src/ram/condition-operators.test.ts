import { describe, expect, it } from 'vitest';
import { conditionHolds, conditionOperators } from './condition-operators.ts';
import type { ConditionOperator } from './condition-operators.ts';

/** Operator, what the request has, what the policy says, and whether that holds. */
const CASES: ReadonlyArray<readonly [ConditionOperator, string | undefined, readonly string[], boolean]> = [
  ['StringEquals', 'a', ['b', 'a'], true],
  ['StringEquals', 'a', ['A', 'a*'], false],
  ['StringEquals', '', [''], true],
  ['StringEquals', undefined, [''], false],
  ['StringNotEquals', 'a', ['b'], true],
  ['StringNotEquals', 'a', ['b', 'a'], false],
  ['StringNotEquals', undefined, ['a'], true],
  ['StringEqualsIgnoreCase', 'Ab', ['aB'], true],
  ['StringNotEqualsIgnoreCase', 'Ab', ['aB'], false],
  ['StringLike', 'user-1/a', ['user-2/*', 'user-1/*'], true],
  ['StringLike', 'user-1', ['user-1/*'], false],
  ['StringNotLike', 'curl/8', ['curl/*'], false],
  ['StringNotLike', 'ossutil', ['curl/*'], true],
  ['NumericEquals', '10', ['10.0'], true],
  ['NumericNotEquals', '10', ['11'], true],
  ['NumericLessThan', '9', ['10'], true],
  ['NumericLessThan', '10', ['10'], false],
  ['NumericLessThan', 'many', ['10'], false],
  ['NumericLessThan', '', ['10'], false],
  ['NumericLessThanEquals', '10', ['10'], true],
  ['NumericGreaterThan', '100', ['99'], true],
  ['NumericGreaterThanEquals', '99', ['99'], true],
  ['DateEquals', '2026-01-01T00:00:00Z', ['2026-01-01T08:00:00+08:00'], true],
  ['DateNotEquals', '2026-01-01T00:00:00Z', ['2026-01-02T00:00:00Z'], true],
  ['DateLessThan', '2026-01-01T00:00:00Z', ['2026-01-02T00:00:00Z'], true],
  ['DateLessThan', '2026-01-01T00:00:00Z', ['soon'], false],
  ['DateLessThanEquals', '2026-01-01T00:00:00Z', ['2026-01-01T00:00:00Z'], true],
  ['DateGreaterThan', '2026-01-01T00:00:00Z', ['2026-01-02T00:00:00Z'], false],
  ['DateGreaterThanEquals', '2026-01-01T00:00:00Z', ['2025-01-01T00:00:00Z'], true],
  ['Bool', 'false', ['False'], true],
  ['Bool', 'false', ['true'], false],
  ['Bool', undefined, ['false'], false],
  ['IpAddress', '10.1.2.3', ['192.168.0.0/16', '10.0.0.0/8'], true],
  ['IpAddress', '11.1.2.3', ['10.0.0.0/8'], false],
  ['IpAddress', '10.1.2.3', ['10.1.2.3'], true],
  ['IpAddress', '10.1.2.3', ['10.1.*'], true],
  ['IpAddress', '10.1.2.3', ['0.0.0.0/0'], true],
  ['IpAddress', '10.1.2.3', ['10.1.2.3/33', '10.1.2.3/x', 'ten', '', '::/0'], false],
  ['IpAddress', '2001:db8::1', ['2001:db8::/32'], true],
  ['IpAddress', 'not an address', ['0.0.0.0/0'], false],
  ['NotIpAddress', '10.1.2.3', ['10.0.0.0/8'], false],
  ['NotIpAddress', '11.1.2.3', ['10.0.0.0/8'], true],
];

describe('conditionHolds', () => {
  it.each(CASES)('%s of %s and %j is %s', (operator, actual, values, expected) => {
    expect(conditionHolds(operator, actual, values)).toBe(expected);
  });

  it('is tried here for every operator', () => {
    expect(new Set(CASES.map(([operator]) => operator))).toEqual(new Set(Object.keys(conditionOperators)));
  });
});
