import { headerFields } from '../header-fields.ts';
import type { SignableRequest } from '../signable-request.ts';

/**
 * The `x-oss-*` headers of the V1 string to sign, one `name:value` line each, sorted by name. The last line ends in a
 * newline too, so that the resource follows without a separator.
 *
 * OSS: "Construct CanonicalizedOSSHeaders" of *Include a V1 signature in the Authorization header*.
 */
export function canonicalizedOssHeaders(headers: SignableRequest['headers']): string {
  return [...headerFields(headers)]
    .filter(([field]) => field.startsWith('x-oss-'))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([field, value]) => `${field}:${value}\n`)
    .join('');
}
