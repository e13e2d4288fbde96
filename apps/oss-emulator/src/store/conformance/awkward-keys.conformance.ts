/** Keys that a careless mapping to file names, URLs, XML or JavaScript objects loses, merges or lets escape. */
export const AWKWARD_KEYS: readonly string[] = [
  // paths
  ['..', '.', '../escaped', 'a/../../escaped', './a', 'a/./b', '/leading', 'a//b', 'd/', 'd/e', 'a', 'A', '~'],
  // file systems of Windows and macOS
  ['C:\\file', 'back\\slash', 'con', 'nul.txt', 'trailing.', 'trailing ', ' leading', 'a:b', 'a*b?c|d'],
  // Unicode, both normal forms, and control characters
  ['caf\u00E9', 'cafe\u0301', '图片/头像.png', '😀', '\uFFFD', 'line\nfeed', 'tab\t', 'del\u007F', 'bell\u0007'],
  // what parsers turn into something else
  ['007', '7', '1e3', '1000', '0x10', '1.0', 'true', '__proto__', 'constructor', 'a&b<c>"d\'', '.metadata.json'],
  // percent-encoding
  ['a+b', 'a b', 'a%20b', '%2e%2e', '%', '%zz', 'a?b#c', "!'()*"],
  // length: a segment at and over the limit of file systems, and the longest key of OSS, 1023 bytes
  ['x'.repeat(255), 'x'.repeat(256), '图'.repeat(85), '图'.repeat(86), `${'y/'.repeat(511)}z`, 'z'.repeat(1023)],
].flat();
