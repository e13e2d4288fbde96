import type { IncomingMessage } from 'node:http';
import type { RequestBody } from './request-body.ts';

/**
 * Whether a request is answered although its body may never come to an end: what comes next on its connection would be taken
 * for that body. A GET or HEAD that announces a body and never sends it (the Python SDK's tests do) is answered at once; and
 * a coding other than `chunked` has no end of its own.
 */
export function isOwedBody(
  { method, complete, headers }: IncomingMessage,
  { declaredSizeBytes = 0 }: RequestBody,
): boolean {
  if (complete) return false;
  const isRead = method === 'GET' || method === 'HEAD';
  return (isRead && declaredSizeBytes > 0) || !/(?:^|[, \t])chunked$/i.test(headers['transfer-encoding'] ?? 'chunked');
}
