import { percentEncode } from '../percent-encode.ts';
import { queryEntries } from '../query-entries.ts';
import type { QueryParameters } from '../signable-request.ts';

/**
 * The string to sign of an RPC request such as STS AssumeRole: verb, `/`, and all parameters but `Signature` in byte
 * order, each percent-encoded, then the whole percent-encoded once more. GET and POST differ in nothing but the verb.
 *
 * OSS: "Request signatures" of the STS API reference.
 */
export function stsStringToSign(method: string, parameters: QueryParameters): string {
  const canonical = queryEntries(parameters)
    .filter(([name]) => name !== 'Signature')
    .map(([name, value]) => ({ name: Buffer.from(name), pair: `${percentEncode(name)}=${percentEncode(value)}` }))
    .sort((left, right) => Buffer.compare(left.name, right.name))
    .map(({ pair }) => pair);
  return `${method.toUpperCase()}&%2F&${percentEncode(canonical.join('&'))}`;
}
