/**
 * `*` stands for any characters, `?` for exactly one; everything else for itself. No backtracking
 * beyond the last `*`: at most as many steps as the text has characters times those of the pattern.
 */
export function matchesGlob(text: string, pattern: string): boolean {
  let position = 0;
  let patternPosition = 0;
  let starAt = -1;
  let resumeAt = 0;
  while (position < text.length) {
    const expected = pattern[patternPosition];
    if (expected === '*') {
      starAt = patternPosition;
      resumeAt = position;
      patternPosition += 1;
    } else if (expected === '?' || (expected !== undefined && expected === text[position])) {
      position += 1;
      patternPosition += 1;
    } else if (starAt >= 0) {
      resumeAt += 1;
      position = resumeAt;
      patternPosition = starAt + 1;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(patternPosition));
}
