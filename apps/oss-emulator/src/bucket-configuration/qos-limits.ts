import { OssError } from '../oss-error.ts';
import { textAt } from './configuration-node.ts';
import type { ContentRules } from './element-rules.ts';
import { wholeNumber, withFallback } from './element-rules.ts';
import type { ConfigurationNode } from './read-configuration.ts';

/** What the account as a whole may use: gigabits per second, and requests per second (made up; -1 means no limit). */
const ACCOUNT_LIMITS = { UploadBandwidth: 10, DownloadBandwidth: 10, Qps: 10_000 } as const;
const NETWORKS = ['Total', 'Intranet', 'Extranet'] as const;
const NO_LIMIT = '-1';

/** In OSS's order: uploads, downloads, requests; in all, within Alibaba Cloud, from outside. */
export const qosElements: ContentRules = Object.fromEntries(
  Object.keys(ACCOUNT_LIMITS).flatMap((measure) =>
    NETWORKS.map((network) => [`${network}${measure}`, withFallback(wholeNumber(-1), NO_LIMIT)] as const),
  ),
);

/**
 * Elements of the account's own limits, as GetUserQosInfo answers them behind the region: of the total only (C++ SDK,
 * GetUserQosInfoTest).
 */
export function accountQos(): Array<readonly [name: string, limit: number]> {
  return Object.entries(ACCOUNT_LIMITS).flatMap(([measure, limit]) =>
    NETWORKS.map((network) => [`${network}${measure}`, network === 'Total' ? limit : Number(NO_LIMIT)] as const),
  );
}

/**
 * A bucket's total within the account's, its parts within its total (Java SDK, QosInfoTest).
 * @throws {OssError} `InvalidArgument`
 */
export function checkQos(document: ConfigurationNode): void {
  for (const [measure, accountLimit] of Object.entries(ACCOUNT_LIMITS)) {
    const [total, ...parts] = NETWORKS.map((network) => `${network}${measure}`);
    checkLimit(document, total ?? '', accountLimit);
    const totalLimit = limitOf(document, total ?? '');
    for (const part of parts) checkLimit(document, part, totalLimit < 0 ? accountLimit : totalLimit);
  }
}

function checkLimit(document: ConfigurationNode, element: string, most: number): void {
  const limit = limitOf(document, element);
  if (limit > most) {
    const members = { ArgumentName: element, ArgumentValue: String(limit) };
    throw new OssError('InvalidArgument', members, { message: `${element} must not be larger than ${most}.` });
  }
}

function limitOf(document: ConfigurationNode, element: string): number {
  return Number(textAt(document, element) ?? NO_LIMIT);
}
