/**
 * Orders two names by their UTF-8 bytes, as OSS lists them, without encoding them. JavaScript's own order compares UTF-16
 * units and differs in one place: characters beyond U+FFFF are written with units 0xD800–0xDFFF, but belong behind
 * U+E000–U+FFFF.
 *
 * @returns negative, zero or positive, as a compare function for `sort` does
 */
export function compareUtf8(a: string, b: string): number {
  const sharedLength = Math.min(a.length, b.length);
  for (let index = 0; index < sharedLength; index += 1) {
    const unitOfA = a.charCodeAt(index);
    const unitOfB = b.charCodeAt(index);
    if (unitOfA !== unitOfB) {
      return rank(unitOfA) - rank(unitOfB);
    }
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  const isSurrogate = unit >= 0xd800 && unit <= 0xdfff;
  return isSurrogate ? unit + 0x10000 : unit;
}
