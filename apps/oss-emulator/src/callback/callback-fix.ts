import { lintCallback } from '@oss-callback/oss-callback';

/** What to write instead of a callback that OSS refuses, for the log line. */
export function callbackFix(paramText: string): string | undefined {
  const finding = lintCallback(paramText, { carrier: 'header' }).find(({ effect }) => effect === 'refused');
  return finding === undefined ? undefined : `${finding.rule}: ${finding.problem} Fix: ${finding.fix}`;
}
