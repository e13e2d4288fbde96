import { OssError } from '../oss-error.ts';
import type { OssErrorDetails } from '../oss-error.ts';
import type { BucketRecord } from '../store/object-store.ts';
import { bucketSetting } from './bucket-setting.ts';
import { descend, textAt, textsNamed } from './configuration-node.ts';
import { matchWildcards } from '../match-wildcards.ts';

/**
 * Hotlink protection. OSS looks at the Referer of requests without an Authorization header only, anonymous ones and those
 * by a signed URL. A list without entries lets every Referer pass (hotlink protection page).
 * @throws {OssError} `AccessDenied`
 */
export function checkReferer(bucket: BucketRecord, referer: string | undefined): void {
  const configuration = bucketSetting(bucket, 'referer');
  if (configuration === undefined) return;
  const allowed = textsNamed(descend(configuration, 'RefererList'), 'Referer');
  const forbidden = textsNamed(descend(configuration, 'RefererBlacklist'), 'Referer');
  if (referer === undefined || referer === '') {
    const isRefused = textAt(configuration, 'AllowEmptyReferer') === 'false' && allowed.length + forbidden.length > 0;
    if (isRefused) throw refused(bucket, '0003-00000501');
    return;
  }
  const cutReferer = truncated(
    referer,
    textAt(configuration, 'AllowTruncateQueryString'),
    textAt(configuration, 'TruncatePath'),
  );
  if (forbidden.some((pattern) => matchesReferer(cutReferer, pattern))) throw refused(bucket, '0003-00000502');
  if (allowed.length > 0 && !allowed.some((pattern) => matchesReferer(cutReferer, pattern))) {
    throw refused(bucket, '0003-00000503');
  }
}

/** A pattern with a scheme is also that of everything below its host: `http://www.aliyun.com` lets `…/123` pass. */
function matchesReferer(referer: string, pattern: string): boolean {
  const lower = pattern.toLowerCase();
  return matchWildcards(lower, referer) || (!lower.endsWith('*') && matchWildcards(`${lower}/*`, referer));
}

function truncated(referer: string, truncateQuery: string | undefined, truncatePath: string | undefined): string {
  const withoutQuery = truncateQuery === 'false' ? referer : referer.replace(/\?.*$/s, '');
  const cut = truncatePath === 'true' ? withoutQuery.replace(/^([a-z]+:\/\/[^/?]*).*$/is, '$1') : withoutQuery;
  return cut.toLowerCase();
}

function refused({ name }: BucketRecord, ec: string): OssError {
  const details: OssErrorDetails = { message: 'You are denied by bucket referer policy.', ec };
  return new OssError('AccessDenied', { BucketName: name }, details);
}
