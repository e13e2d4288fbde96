import { matchWildcards } from '../match-wildcards.ts';

/**
 * Whether one of the `Principal` is the caller; a lone `*` is everybody, callers without a name included.
 * @param names those of `principals-of.ts`
 */
export function matchPrincipals(patterns: readonly string[], names: readonly string[]): boolean {
  return patterns.some((pattern) => pattern === '*' || names.some((name) => matchWildcards(pattern, name)));
}
