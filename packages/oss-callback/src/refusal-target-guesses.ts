import { callbackStringToSign } from './callback-signature.ts';
import type { RefusalGuess } from './refusal-guess.ts';

/** What may have happened to path and query. */
export type TargetCause = 'proxy-prefix' | 'query-changed' | 'path-decoding' | 'path-changed';

/** What the receiver knows about the way to it. */
export interface TargetHints {
  /** Path prefixes that a proxy may have removed, such as `/api`. */
  readonly prefixes?: readonly string[];
  /** Request targets as OSS was told to call them: path and query of each `callbackUrl`. */
  readonly callbackTargets?: readonly string[];
}

type TargetGuess = RefusalGuess<TargetCause>;

/** Hints beyond this number are not tried. */
const MAX_HINTS = 8;

/** What may have stood before the line feed of the string to sign when this target did not. At most 32. */
export function targetGuesses(requestTarget: string, hints: TargetHints): readonly TargetGuess[] {
  const questionMark = requestTarget.indexOf('?');
  const path = questionMark === -1 ? requestTarget : requestTarget.slice(0, questionMark);
  const query = questionMark === -1 ? '' : requestTarget.slice(questionMark);
  return [...hintGuesses(path, query, hints), ...queryGuesses(path, query), ...pathGuesses(path, query)];
}

function hintGuesses(path: string, query: string, hints: TargetHints): readonly TargetGuess[] {
  const prefixes = (hints.prefixes ?? []).slice(0, MAX_HINTS).map((prefix) => {
    const explanation = `A proxy removed ${JSON.stringify(prefix)} from the path; verify the target as OSS sent it.`;
    return { cause: 'proxy-prefix', explanation, value: signedTarget(`${prefix}${path}${query}`) } as const;
  });
  const targets = (hints.callbackTargets ?? []).slice(0, MAX_HINTS).map((target) => {
    const [targetPath = ''] = target.split('?', 1);
    const value = signedTarget(target);
    if (targetPath === path) {
      const explanation = 'The query was lost or changed on the way; pass path and query as on the request line.';
      return { cause: 'query-changed', explanation, value } as const;
    }
    const cause = targetPath.endsWith(path) ? 'proxy-prefix' : 'path-changed';
    const explanation = `OSS called ${JSON.stringify(target)}, but another target was verified: something rewrote it.`;
    return { cause, explanation, value } as const;
  });
  return [...prefixes, ...targets];
}

function queryGuesses(path: string, query: string): readonly TargetGuess[] {
  const changes: readonly (readonly [string, string])[] = [
    ['Something added a query, or the signer left the query out.', ''],
    ['Something removed the bare question mark at the end of the target.', query === '' ? '?' : query],
    ['The query was decoded; pass it as it stood on the request line.', encodeURI(query.toWellFormed())],
    ['The query was encoded once more, or the signer decoded it.', decodeLeniently(query)],
    ['Blanks of the query were turned from %20 into "+".', query.replaceAll('+', '%20')],
    ['Blanks of the query were turned from "+" into %20.', query.replaceAll('%20', '+')],
    ['The query was parsed and written again.', query === '' ? '' : `?${new URLSearchParams(query).toString()}`],
    ['Escapes of the query were written in upper case.', lowerEscapes(query)],
  ];
  return changes.map(([explanation, changed]) => ({
    cause: 'query-changed',
    explanation,
    value: signedTarget(path + changed),
  }));
}

function pathGuesses(path: string, query: string): readonly TargetGuess[] {
  const once = decodeLeniently(path);
  const decoding = (explanation: string, value: string) =>
    ({ cause: 'path-decoding', explanation, value: Buffer.from(value + query, 'utf8') }) as const;
  const changed = (explanation: string, value: string) =>
    ({ cause: 'path-changed', explanation, value: signedTarget(value + query) }) as const;
  return [
    decoding(
      'The path was decoded before it was verified, or the signer did not decode it; pass it as on the request line.',
      path,
    ),
    decoding('The signer decoded the path twice; OSS decodes it once.', decodeLeniently(once)),
    decoding('The signer took "+" in the path for a blank.', once.replaceAll('+', ' ')),
    decoding('Blanks in the path were "+" when the request was signed.', once.replaceAll(' ', '+')),
    changed('A slash was appended to the path.', path.replace(/\/$/, '')),
    changed('The slash at the end of the path was removed.', `${path}/`),
    changed('The signer left the leading slash out.', path.replace(/^\//, '')),
  ];
}

/** The string to sign up to its line feed. */
function signedTarget(requestTarget: string): Buffer {
  return callbackStringToSign(requestTarget, new Uint8Array()).subarray(0, -1);
}

function decodeLeniently(text: string): string {
  return signedTarget(text.replaceAll('?', '%3F')).toString('utf8');
}

function lowerEscapes(text: string): string {
  return text.replaceAll(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
}
