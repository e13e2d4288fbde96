import { conditionHolds } from './condition-operators.ts';
import { matchPrincipals } from './match-principals.ts';
import { matchResource } from './match-resource.ts';
import type { RamResource } from './match-resource.ts';
import { matchWildcards } from '../match-wildcards.ts';
import type { PatternList, RamPolicy, RamStatement } from './ram-policy.ts';

/** What somebody wants to do, and the circumstances. */
export interface RamRequest {
  /** `oss:PutObject`. */
  readonly action: string;
  readonly resource: RamResource;
  /** By condition key in lower case (`acs:sourceip`); a key that is not there has no value. */
  readonly context: ReadonlyMap<string, string>;
  /** What the policy of a bucket may call who asks: nothing for an anonymous caller. */
  readonly principals?: readonly string[];
}

/** `implicit-deny`: no statement is about the request. */
export type RamDecision = 'allow' | 'explicit-deny' | 'implicit-deny';

/**
 * What a policy says about a request: a Deny that applies beats every Allow, and what is not allowed is denied.
 *
 * https://www.alibabacloud.com/help/en/oss/user-guide/authentication
 */
export function evaluateRamPolicy({ statements }: RamPolicy, request: RamRequest): RamDecision {
  const applying = statements.filter((statement) => applies(statement, request));
  if (applying.some(({ effect }) => effect === 'Deny')) return 'explicit-deny';
  return applying.length > 0 ? 'allow' : 'implicit-deny';
}

function applies({ action, resource, conditions, principals }: RamStatement, request: RamRequest): boolean {
  if (principals !== undefined && !matchPrincipals(principals, request.principals ?? [])) return false;
  const wanted = request.action.toLowerCase();
  // The RAM pages: actions are not case-sensitive.
  return (
    covers(action, (pattern) => matchWildcards(pattern.toLowerCase(), wanted)) &&
    covers(resource, (pattern) => matchResource(pattern, request.resource)) &&
    conditions.every(({ operator, key, values }) => conditionHolds(operator, request.context.get(key), values))
  );
}

function covers({ patterns, excluded }: PatternList, matches: (pattern: string) => boolean): boolean {
  return patterns.some(matches) !== excluded;
}
