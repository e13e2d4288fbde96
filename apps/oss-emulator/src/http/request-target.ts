import { percentDecode } from '@oss-callback/oss-signing';
import { OssError } from '../oss-error.ts';

/** The request target, split but for the path still encoded: what is a bucket and what a key is for the address to say. */
export interface RequestTarget {
  /** Host and port of an absolute-form target, as a client sends it to its HTTP proxy. */
  readonly authority: string | undefined;
  /** From the first `/` up to `?`, percent-encoded as it came. */
  readonly rawPath: string;
  /** Decoded, in the order of the request, names as often as they came; no value and an empty value are the same. */
  readonly query: ReadonlyArray<readonly [name: string, value: string]>;
}

/**
 * Splits the raw target itself: a URL parser would collapse `..` and `//`, which are ordinary characters of object keys
 * and covered by the signature.
 * @param raw request target as node:http gives it (Latin-1)
 * @throws {OssError} `InvalidArgument` for a target that is neither a path nor an http URL, or has broken escapes
 */
export function parseRequestTarget(raw: string): RequestTarget {
  const absolute = /^https?:\/\/([^/?]*)(.*)$/is.exec(raw);
  const origin = absolute === null ? raw : (absolute[2] ?? '');
  const path = absolute !== null && !origin.startsWith('/') ? `/${origin}` : origin;
  if (!path.startsWith('/')) {
    throw new OssError('InvalidArgument', { ArgumentName: 'RequestURI' }, { message: 'The request URI is invalid.' });
  }
  const queryAt = path.indexOf('?');
  return {
    authority: absolute?.[1],
    rawPath: queryAt < 0 ? path : path.slice(0, queryAt),
    query: queryAt < 0 ? [] : parseQuery(path.slice(queryAt + 1)),
  };
}

function parseQuery(raw: string): Array<readonly [string, string]> {
  const query: Array<readonly [string, string]> = [];
  for (const pair of raw.split('&')) {
    if (pair === '') continue;
    const equalsAt = pair.indexOf('=');
    const name = decodeQueryText(equalsAt < 0 ? pair : pair.slice(0, equalsAt));
    query.push([name, equalsAt < 0 ? '' : decodeQueryText(pair.slice(equalsAt + 1))]);
  }
  return query;
}

/** `+` is a blank: oss2 sends its parameters form-encoded and signs the blank (a literal plus comes as `%2B`). */
function decodeQueryText(raw: string): string {
  const text = decodeTargetText(raw.replaceAll('+', ' '));
  if (text === undefined) {
    throw new OssError(
      'InvalidArgument',
      { ArgumentName: 'QueryString', ArgumentValue: raw },
      { message: 'The query string is not percent-encoded UTF-8.' },
    );
  }
  return text;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * @param raw part of the target as node:http gives it, one character a byte
 * @returns the text, decoded once; `undefined` for broken escapes and bytes that are no UTF-8
 */
export function decodeTargetText(raw: string): string | undefined {
  if (!/[\u0080-\u00FF]/.test(raw)) return percentDecode(raw);
  try {
    return percentDecode(utf8.decode(Buffer.from(raw, 'latin1')));
  } catch {
    return undefined;
  }
}
