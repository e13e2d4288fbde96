import { lintCallback } from '@oss-callback/oss-callback';
import type { CallbackFinding, CallbackLintOptions } from '@oss-callback/oss-callback';

/** What to write instead of a callback that OSS refuses, for the log line. */
export function callbackFix(paramText: string): string | undefined {
  return fixOf(paramText, { carrier: 'header' }, ({ effect }) => effect === 'refused');
}

/** The same for a refused `callback-var`. */
export function callbackVarFix(varText: string): string | undefined {
  const isOfVar = ({ field, rule }: CallbackFinding): boolean =>
    field === 'callback-var' || rule === 'var-not-string-map';
  return fixOf({}, { carrier: 'header', callbackVar: varText }, isOfVar);
}

/** Why nobody is called although the upload has a callback: OSS finds no `callbackUrl` in it and says nothing. */
export function uncalledFix(paramText: string): string | undefined {
  return fixOf(paramText, {}, ({ effect }) => effect === 'fails');
}

function fixOf(
  input: string | object,
  options: CallbackLintOptions,
  isCause: (finding: CallbackFinding) => boolean,
): string | undefined {
  const finding = lintCallback(input, options).find(isCause);
  return finding === undefined ? undefined : `${finding.rule}: ${finding.problem} Fix: ${finding.fix}`;
}
