import { percentEncodePath } from '../percent-encode.ts';

/**
 * The second line of the canonical request: `/bucket/key`, percent-encoded except for the slashes; `/bucket/` for the
 * bucket itself, `/` for the service. The bucket is always there, whether the host names it, the path does, or neither.
 *
 * OSS: "Canonical URI" of *Include a V4 signature in the header*.
 */
export function canonicalUri(bucket?: string, key = ''): string {
  return percentEncodePath(bucket === undefined ? `/${key}` : `/${bucket}/${key}`);
}
