import { headerFields } from '../header-fields.ts';
import type { SignableRequest } from '../signable-request.ts';
import { canonicalizedOssHeaders } from './canonicalized-oss-headers.ts';
import { canonicalizedResource } from './canonicalized-resource.ts';

/**
 * The text whose HMAC-SHA1 is the V1 signature.
 *
 * OSS: *Include a V1 signature in the Authorization header*,
 * https://www.alibabacloud.com/help/en/oss/developer-reference/include-signatures-in-the-authorization-header
 *
 * @param date the value of `x-oss-date`, or else of `Date`; in a presigned URL the value of `Expires`
 */
export function stringToSignV1(request: SignableRequest, date: string): string {
  const fields = headerFields(request.headers);
  return [
    request.method.toUpperCase(),
    fields.get('content-md5') ?? '',
    fields.get('content-type') ?? '',
    date,
    `${canonicalizedOssHeaders(request.headers)}${canonicalizedResource(request)}`,
  ].join('\n');
}
