/** `form-data; name="key"`: what comes first, and the parameters by lower-case name. */
export interface HeaderValue {
  /** In lower case. */
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** One parameter: a name, then a quoted string or a token. Nothing in it can match the same text in two ways. */
const PARAMETER = /\s*;\s*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=\s*(?:"((?:\\"|[^"])*)"|([^\s;"]*))\s*)?/y;

/**
 * Reads the value of Content-Type or Content-Disposition as browsers and HTTP libraries write it. Within quotes `\"` is a
 * quote and every other backslash is itself: Windows paths come unescaped. A trailing semicolon means nothing.
 *
 * @returns `undefined` when it cannot be read or names a parameter twice: of two file names nobody knows which counts
 */
export function parseHeaderValue(text: string): HeaderValue | undefined {
  const type = /^\s*([^\s;"]+)\s*/.exec(text);
  if (type === null) return undefined;
  const parameters = new Map<string, string>();
  let at = type[0].length;
  while (at < text.length) {
    PARAMETER.lastIndex = at;
    const match = PARAMETER.exec(text);
    if (match === null) return undefined;
    at += match[0].length;
    const [, name, quoted, token] = match;
    if (name === undefined) continue;
    const lowerCase = name.toLowerCase();
    if (parameters.has(lowerCase)) return undefined;
    parameters.set(lowerCase, quoted?.replaceAll(String.raw`\"`, '"') ?? token ?? '');
  }
  return { type: (type[1] ?? '').toLowerCase(), parameters };
}
