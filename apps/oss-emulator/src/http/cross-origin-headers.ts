import { answersVaryByOrigin, corsHeaders } from '../bucket-configuration/cors-rules.ts';
import type { RequestHeaders } from './request-headers.ts';
import type { BucketRecord } from '../store/object-store.ts';

/**
 * What the bucket's CORS rules put on every answer, errors and failed callbacks included: without them a page of another
 * origin is not shown why its request failed. A preflight has headers of its own (option-object.ts).
 */
export function crossOriginHeaders(
  bucket: BucketRecord,
  { method, headers }: { readonly method: string; readonly headers: RequestHeaders },
): Readonly<Record<string, string>> {
  const origin = headers['origin'];
  const allowed = origin === undefined || method === 'OPTIONS' ? undefined : corsHeaders(bucket, { origin, method });
  return { ...allowed, ...(answersVaryByOrigin(bucket) && { Vary: 'Origin' }) };
}
