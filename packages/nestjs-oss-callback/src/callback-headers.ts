/** Headers that decide about a callback, single-valued; or the name of one that was sent twice. */
export type CallbackHeaders =
  | {
      readonly ok: true;
      readonly authorization: string | undefined;
      readonly publicKeyUrl: string | undefined;
      readonly contentType: string | undefined;
    }
  | { readonly ok: false; readonly duplicate: string };

const DECISIVE: ReadonlySet<string> = new Set(['authorization', 'x-oss-pub-key-url', 'content-type']);

/**
 * Reads them from the header list as it came over the wire. Node's `headers` object will not do: it silently keeps the
 * first of two Authorization headers and joins two of most others with a comma, so what is verified and what a proxy or
 * a later reader sees could differ.
 *
 * @param rawHeaders `IncomingMessage.rawHeaders`: name, value, name, value …
 */
export function readCallbackHeaders(rawHeaders: readonly string[]): CallbackHeaders {
  const found = new Map<string, string>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    if (!DECISIVE.has(name)) {
      continue;
    }
    if (found.has(name)) {
      return { ok: false, duplicate: name };
    }
    found.set(name, rawHeaders[index + 1] ?? '');
  }
  return {
    ok: true,
    authorization: found.get('authorization'),
    publicKeyUrl: found.get('x-oss-pub-key-url'),
    contentType: found.get('content-type'),
  };
}
