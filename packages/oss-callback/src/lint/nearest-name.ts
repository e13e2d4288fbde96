/** Longer names are no misspelling of anything, and the comparison costs their product. */
const MAX_NAME_CHARACTERS = 64;

/**
 * The known name that was probably meant: the same but for case and separators, or a third of its characters changed,
 * added or dropped at most.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > MAX_NAME_CHARACTERS) {
    return undefined;
  }
  const letters = lettersOf(name);
  let nearest: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(letters, lettersOf(candidate));
    if (distance <= Math.floor(candidate.length / 3) && distance < (nearest?.distance ?? Infinity)) {
      nearest = { candidate, distance };
    }
  }
  return nearest?.candidate;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_unused, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
