import { matchWildcards } from '../match-wildcards.ts';

/** What a request is about: `acs:oss:cn-hangzhou:1000000000000001:bucket/key`, taken apart. */
export interface RamResource {
  readonly service: string;
  /** `cn-hangzhou`; empty for services without regions. */
  readonly region: string;
  readonly accountId: string;
  /** `bucket`, `bucket/key`, or `*` for what belongs to no bucket. */
  readonly name: string;
}

/** `acs`, service, region, account; what follows the fourth colon is the name, colons included. */
const SEGMENTS = 5;

/**
 * Matches segment by segment, so that no wildcard of the account reaches into a key: `acs:oss:*:*:photos` is the bucket
 * `photos`, and not the object `x:photos` of another bucket. A pattern may end early in a `*` (`acs:oss:*`, `*`). The
 * region may be written `cn-hangzhou` or `oss-cn-hangzhou`.
 */
export function matchResource(pattern: string, { service, region, accountId, name }: RamResource): boolean {
  const parts = splitResource(pattern);
  const last = parts.at(-1) ?? '';
  if (parts.length < SEGMENTS && !last.endsWith('*')) return false;
  const subject = ['acs', service, region, accountId, name];
  return parts.every((part, index) => {
    const text = subject[index] ?? '';
    if (matchWildcards(part, text)) return true;
    return index === 2 && matchWildcards(part, `oss-${text}`);
  });
}

function splitResource(pattern: string): string[] {
  const parts = pattern.split(':');
  return parts.length <= SEGMENTS ? parts : [...parts.slice(0, SEGMENTS - 1), parts.slice(SEGMENTS - 1).join(':')];
}
