import { percentEncode } from '../percent-encode.ts';
import { queryEntries } from '../query-entries.ts';
import type { QueryParameters } from '../signable-request.ts';

/** The signature cannot sign itself; every other parameter is signed. */
const NOT_SIGNED = 'x-oss-signature';

/**
 * The third line of the canonical request: every query parameter, encoded, sorted by encoded name, `name=value` or the
 * bare name when there is no value. A name that occurs twice is sorted by its encoded values.
 *
 * OSS: "Canonical Query String" of *Include a V4 signature in the header*; repeated names: Python SDK v2, signer/v4.py.
 */
export function canonicalQueryString(query?: QueryParameters): string {
  return queryEntries(query)
    .filter(([name]) => name !== NOT_SIGNED)
    .map(([name, value]) => ({ name: percentEncode(name), value: percentEncode(value) }))
    .sort((left, right) => compareText(left.name, right.name) || compareText(left.value, right.value))
    .map(({ name, value }) => (value === '' ? name : `${name}=${value}`))
    .join('&');
}

/** Encoded text is ASCII, so comparing UTF-16 units is comparing bytes. */
function compareText(left: string, right: string): number {
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}
