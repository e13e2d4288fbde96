import type { ConditionOperator } from './condition-operators.ts';

/**
 * A RAM policy as it is evaluated: what was read from the JSON document, checked, its texts unchanged.
 *
 * https://www.alibabacloud.com/help/en/ram/policy-structure-and-syntax
 */
export interface RamPolicy {
  readonly statements: readonly RamStatement[];
}

export interface RamStatement {
  readonly effect: 'Allow' | 'Deny';
  /** Of a bucket policy: whom it is about, `*` for everybody. Policies of roles and sessions are about who has them. */
  readonly principals?: readonly string[];
  readonly action: PatternList;
  readonly resource: PatternList;
  /** All of them have to hold. */
  readonly conditions: readonly RamCondition[];
}

/** `Action` and `Resource`, or with `excluded` `NotAction` and `NotResource`: everything that none of the patterns matches. */
export interface PatternList {
  readonly patterns: readonly string[];
  readonly excluded: boolean;
}

/** One key below one operator; any of the values will do, and for a negated operator none may. */
export interface RamCondition {
  readonly operator: ConditionOperator;
  /** In lower case: `acs:sourceip`. */
  readonly key: string;
  readonly values: readonly string[];
}
