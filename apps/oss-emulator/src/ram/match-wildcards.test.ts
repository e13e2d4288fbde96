import { describe, expect, it } from 'vitest';
import { matchWildcards } from './match-wildcards.ts';

describe('matchWildcards', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'anything/at all', true],
    ['a*', 'a', true],
    ['a*c', 'abbbc', true],
    ['a*c', 'abbbcd', false],
    ['*b*d*', 'abcde', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['??', 'a', false],
    ['a**', 'a', true],
    ['user-1/*', 'user-1/', true],
    ['user-1/*', 'user-10/a', false],
    ['a.c', 'abc', false],
    ['[ab]', 'a', false],
    ['*aab', 'aaaab', true],
    ['a*', '*', false],
    ['\\*', 'a', false],
  ])('%s against %s: %s', (pattern, text, expected) => {
    expect(matchWildcards(pattern, text)).toBe(expected);
  });

  it('stays within pattern × text steps where a backtracking matcher would not end', () => {
    const startedAt = performance.now();
    expect(matchWildcards(`${'a*'.repeat(1000)}b`, 'a'.repeat(1023))).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
