import type { RequestHeaders } from '../http/request-headers.ts';

/**
 * The headers without `If-…`, for operations that do not look at them: ali-oss sends the condition of a copy by this name
 * too, and the Go SDK's tests send one with InitiateMultipartUpload.
 */
export function withoutConditions(headers: RequestHeaders): RequestHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('if-')));
}
