import { lintCallback } from '@oss-callback/oss-callback';
import type { CallbackFinding } from '@oss-callback/oss-callback';
import type { Warn } from '../warn.ts';
import type { StoredUpload } from './send-callback.ts';

export interface CallbackWarnings {
  /** What works here and would fail or surprise on real OSS; new kinds of it go to the log, in one line for the upload. */
  find(upload: StoredUpload): readonly CallbackFinding[];
}

/** Programs use a handful of callbacks; those with a ticket differ every time. */
const MAX_KNOWN_CALLBACKS = 100;
const MAX_LOGGED_WARNINGS = 1000;

/**
 * Looks at callbacks in passing. Findings that are advice, not a difference between here and there, stay out. The log
 * says each thing once, for a receiver on this machine would be worth a warning with every upload; the journal says it always.
 */
export function createCallbackWarnings(warn: Warn): CallbackWarnings {
  const known = new Map<string, readonly CallbackFinding[]>();
  const logged = new Set<string>();

  function lint({ requested, values }: StoredUpload): readonly CallbackFinding[] {
    const { paramText, variables } = requested;
    const isImage = /^image\//i.test(values.mimeType);
    const key = JSON.stringify([isImage, paramText, ...variables]);
    const findings =
      known.get(key) ??
      lintCallback(paramText, { callbackVar: variables, contentType: values.mimeType }).filter(
        ({ effect }) => effect !== 'advice',
      );
    // The last one used is the last one to go.
    known.delete(key);
    known.set(key, findings);
    const [oldest] = known.keys();
    if (known.size > MAX_KNOWN_CALLBACKS && oldest !== undefined) known.delete(oldest);
    return findings;
  }

  return {
    find(upload) {
      const warnings = lint(upload);
      const fresh = warnings.filter(({ rule, problem }) => !logged.has(`${rule} ${problem}`));
      if (fresh.length > 0) {
        if (logged.size > MAX_LOGGED_WARNINGS) logged.clear();
        for (const { rule, problem } of fresh) logged.add(`${rule} ${problem}`);
        const { values, requestId, operation } = upload;
        warn({ requestId, method: operation }, `${values.bucket}/${values.object}`, warningText(fresh));
      }
      return warnings;
    },
  };
}

function warningText(warnings: readonly CallbackFinding[]): string {
  const texts = warnings.map(
    ({ rule, problem, answer, fix }) => `${rule}: ${problem}${answerText(answer)} Fix: ${fix}`,
  );
  return `the callback works here, not on real OSS: ${texts.join('; ')}`;
}

function answerText({ status, code, ec }: CallbackFinding['answer']): string {
  return status === 200 ? '' : ` OSS answers ${[status, code, ec].join(' ').trim()}.`;
}
