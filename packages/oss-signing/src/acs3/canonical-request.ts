import { createHash } from 'node:crypto';
import { percentEncode } from '../percent-encode.ts';
import { queryEntries } from '../query-entries.ts';
import type { QueryParameters } from '../signable-request.ts';

/** An OpenAPI request, as the V3 signature sees it. */
export interface Acs3Request {
  readonly method: string;
  /** Of the query only: what stands in a form is covered by the hash of the body. */
  readonly query?: QueryParameters | undefined;
  /** As they are sent; names in any case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
}

/** Lower-case hex SHA-256 of the body, the value of `x-acs-content-sha256`. */
export function acs3ContentHash(body: Uint8Array = new Uint8Array()): string {
  return createHash('sha256').update(body).digest('hex');
}

/**
 * The canonical request of an RPC call, whose path is `/`.
 *
 * OpenAPI: "Step 1: Construct a canonicalized request" of *Request syntax and signature method V3*.
 *
 * @param headers by lower-case name, values trimmed
 * @param signedHeaders lower-case names, sorted
 */
export function acs3CanonicalRequest(
  { method, query }: Pick<Acs3Request, 'method' | 'query'>,
  headers: ReadonlyMap<string, string>,
  signedHeaders: readonly string[],
  contentHash: string,
): string {
  const parameters = queryEntries(query)
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .sort();
  const fields = signedHeaders.map((name) => `${name}:${headers.get(name) ?? ''}\n`).join('');
  return [method.toUpperCase(), '/', parameters.join('&'), fields, signedHeaders.join(';'), contentHash].join('\n');
}
