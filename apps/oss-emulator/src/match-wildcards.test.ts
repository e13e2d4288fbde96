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

  it('agrees with regular expressions on every short pattern and text', () => {
    const words = (alphabet: string, length: number): string[] =>
      length === 0
        ? ['']
        : ['', ...words(alphabet, length - 1).flatMap((word) => alphabet.split('').map((letter) => word + letter))];
    const different = [];
    for (const pattern of new Set(words('ab*?', 5))) {
      const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
      for (const text of new Set(words('ab', 5))) {
        if (matchWildcards(pattern, text) !== expression.test(text)) different.push([pattern, text]);
      }
    }
    expect(different).toEqual([]);
  });

  it('stays within pattern × text steps where a backtracking matcher would not end', () => {
    const startedAt = performance.now();
    expect(matchWildcards(`${'a*'.repeat(1000)}b`, 'a'.repeat(1023))).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
