import { headerFields } from '../header-fields.ts';
import type { SignableRequest } from '../signable-request.ts';
import { isDefaultSignedHeader } from './additional-headers.ts';

/**
 * The headers of the canonical request, one `name:value` line each, sorted by name: the ones that are signed by default
 * and the additional ones. Every line ends in a newline, which is why an empty line follows in the canonical request.
 *
 * OSS: "Canonical Headers" of *Include a V4 signature in the header*.
 *
 * @param additionalHeaders lower-case names
 */
export function canonicalHeaders(
  headers: SignableRequest['headers'],
  additionalHeaders: readonly string[] = [],
): string {
  return [...headerFields(headers)]
    .filter(([field]) => isDefaultSignedHeader(field) || additionalHeaders.includes(field))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([field, value]) => `${field}:${value}\n`)
    .join('');
}
