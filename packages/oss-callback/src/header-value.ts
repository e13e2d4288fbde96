/** A header as `node:http` and most frameworks hold it: one text, one per occurrence, or nothing. */
export type HeaderValue = string | readonly string[] | undefined;

/** Headers by name, in any case; `IncomingHttpHeaders` fits. */
export type HeaderValues = Readonly<Record<string, HeaderValue>>;

/** The first value of a header, whatever the case of its name. */
export function headerValue(headers: HeaderValues, lowerCaseName: string): string | undefined {
  const name = Object.keys(headers).find((key) => key.toLowerCase() === lowerCaseName);
  const value = name === undefined ? undefined : headers[name];
  return typeof value === 'string' ? value : value?.[0];
}
