/** @returns the name that `key` is rolled up into, its first delimiter behind the prefix included, or `undefined` */
export function commonPrefixOf(key: string, prefix: string, delimiter: string): string | undefined {
  const delimiterAt = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return delimiterAt === -1 ? undefined : key.slice(0, delimiterAt + delimiter.length);
}
