import { queryEntries } from '../query-entries.ts';
import type { SignableRequest } from '../signable-request.ts';
import { isSignedSubresource } from './signed-subresources.ts';

/**
 * The last part of the V1 string to sign: `/bucket/key?acl&uploadId=…`. Nothing in it is percent-encoded. The bucket is
 * always there, whatever the host is; sub-resources are sorted by name and lose their `=` when they have no value.
 *
 * OSS: "Construct CanonicalizedResource" of *Include a V1 signature in the Authorization header*.
 */
export function canonicalizedResource({ bucket, key = '', query }: SignableRequest): string {
  const path = bucket === undefined ? `/${key}` : `/${bucket}/${key}`;
  const subresources = queryEntries(query)
    .filter(([name]) => isSignedSubresource(name))
    .sort(([left], [right]) => Number(left > right) - Number(left < right))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  return subresources.length === 0 ? path : `${path}?${subresources.join('&')}`;
}
