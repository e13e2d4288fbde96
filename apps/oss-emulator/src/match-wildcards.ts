/**
 * Whether a text matches a pattern in which `*` stands for any number of characters, none included, and `?` for one.
 * Nothing else is special, and nothing escapes. A mismatch goes back to the latest `*` only, so it takes at most
 * (length of the pattern) × (length of the text) steps, however many stars there are.
 */
export function matchWildcards(pattern: string, text: string): boolean {
  let patternAt = 0;
  let textAt = 0;
  let starAt = -1;
  let retryAt = 0;
  while (textAt < text.length) {
    const wanted = pattern[patternAt];
    if (wanted === '*') {
      starAt = patternAt;
      retryAt = textAt;
      patternAt += 1;
    } else if (wanted !== undefined && (wanted === '?' || wanted === text[textAt])) {
      patternAt += 1;
      textAt += 1;
    } else if (starAt >= 0) {
      retryAt += 1;
      textAt = retryAt;
      patternAt = starAt + 1;
    } else {
      return false;
    }
  }
  while (pattern[patternAt] === '*') patternAt += 1;
  return patternAt === pattern.length;
}
