import type { BucketRecord } from '../store/object-store.ts';
import { bucketSetting } from './bucket-setting.ts';
import { childrenNamed, textAt, textsNamed } from './configuration-node.ts';
import type { ConfigurationNode } from './read-configuration.ts';

/** What a browser says of a request from another origin; in a preflight, of the request that it is about to send. */
export interface CrossOriginRequest {
  readonly origin: string;
  readonly method: string;
  /** Content of `Access-Control-Request-Headers`; only a preflight has it. */
  readonly requestHeaders?: string | undefined;
}

/** Response headers by name, in the spelling of the wire. */
type CorsHeaders = Readonly<Record<string, string>>;

/**
 * The headers that let a page of another origin use the answer: those of the first rule that matches.
 *
 * `Access-Control-Allow-Origin` is `*` when the rule says so and the request's origin otherwise, and the methods are all
 * those of the rule (as ossutil's cors-options shows OSS's answer); the allowed headers are those that were asked for
 * (options page).
 * @returns `undefined` when no rule matches
 */
export function corsHeaders(bucket: BucketRecord, request: CrossOriginRequest): CorsHeaders | undefined {
  const rule = childrenNamed(bucketSetting(bucket, 'cors'), 'CORSRule').find((candidate) =>
    matches(candidate, request),
  );
  if (rule === undefined) return undefined;
  const allowsAnyOrigin = textsNamed(rule, 'AllowedOrigin').includes('*');
  const exposed = textsNamed(rule, 'ExposeHeader').join(', ');
  const maxAge = textAt(rule, 'MaxAgeSeconds');
  const headers = request.requestHeaders ?? '';
  return {
    'Access-Control-Allow-Origin': allowsAnyOrigin ? '*' : request.origin,
    'Access-Control-Allow-Methods': textsNamed(rule, 'AllowedMethod').join(', '),
    ...(headers !== '' && { 'Access-Control-Allow-Headers': headers }),
    ...(exposed !== '' && { 'Access-Control-Expose-Headers': exposed }),
    ...(maxAge !== undefined && { 'Access-Control-Max-Age': maxAge }),
  };
}

export function hasCorsRules(bucket: BucketRecord): boolean {
  return bucket.settings['cors'] !== undefined;
}

/** `ResponseVary`: on every answer of the bucket, so that caches keep the answers for different origins apart. */
export function answersVaryByOrigin(bucket: BucketRecord): boolean {
  return textAt(bucketSetting(bucket, 'cors'), 'ResponseVary') === 'true';
}

function matches(rule: ConfigurationNode, { origin, method, requestHeaders = '' }: CrossOriginRequest): boolean {
  const allowedHeaders = textsNamed(rule, 'AllowedHeader');
  return (
    textsNamed(rule, 'AllowedOrigin').some((pattern) => matchesPattern(origin, pattern)) &&
    textsNamed(rule, 'AllowedMethod').includes(method.toUpperCase()) &&
    headerNames(requestHeaders).every((name) => allowedHeaders.some((pattern) => matchesPattern(name, pattern)))
  );
}

function headerNames(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Upper and lower case are one; a pattern has at most one `*`, which stands for anything, also for nothing. */
function matchesPattern(text: string, pattern: string): boolean {
  const subject = text.toLowerCase();
  const [head = '', tail] = pattern.toLowerCase().split('*');
  if (tail === undefined) return subject === head;
  return subject.length >= head.length + tail.length && subject.startsWith(head) && subject.endsWith(tail);
}
