import type { SignableRequest } from '../signable-request.ts';
import { canonicalHeaders } from './canonical-headers.ts';
import { canonicalQueryString } from './canonical-query-string.ts';
import { canonicalUri } from './canonical-uri.ts';
import { UNSIGNED_PAYLOAD } from './hashed-payload.ts';

/**
 * The request as both sides write it down before hashing: six parts, joined by newlines.
 *
 * OSS: "Canonical Request" of *Include a V4 signature in the header*,
 * https://www.alibabacloud.com/help/en/oss/developer-reference/recommend-to-use-signature-version-4
 *
 * @param additionalHeaders lower-case, sorted names, as {@link normalizeAdditionalHeaders} gives them
 */
export function canonicalRequest(request: SignableRequest, additionalHeaders: readonly string[] = []): string {
  return [
    request.method.toUpperCase(),
    canonicalUri(request.bucket, request.key),
    canonicalQueryString(request.query),
    canonicalHeaders(request.headers, additionalHeaders),
    additionalHeaders.join(';'),
    UNSIGNED_PAYLOAD,
  ].join('\n');
}
