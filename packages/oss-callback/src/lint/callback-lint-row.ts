import {
  type CallbackConfigErrorRow,
  type CallbackConfigRule,
  callbackConfigErrors,
} from '../callback-config-errors.ts';
import { type CallbackFailureReason, callbackFailures } from '../callback-failures.ts';

/**
 * What becomes of a callback on real OSS.
 *
 * - `refused`: the upload is answered 400, nothing is stored
 * - `fails`: the object is stored, the callback does not arrive
 * - `unreadable`: it arrives with a body that is not what its type says
 * - `differs`: it arrives and holds something else than was meant
 * - `depends`: documentation is silent, or the receiver and what stands in front of it decide
 * - `advice`: it works, and leaves the receiver without what it needs
 */
export type CallbackLintEffect = 'refused' | 'fails' | 'unreadable' | 'differs' | 'depends' | 'advice';

/**
 * `error`: `refused`, `fails` or `unreadable`; it cannot work on real OSS. `warning`: all others; OSS calls, and what comes
 * of it surprises.
 */
export type CallbackLintSeverity = 'error' | 'warning';

/** The severity that goes with an effect. */
export function severityOf(effect: CallbackLintEffect): CallbackLintSeverity {
  return effect === 'refused' || effect === 'fails' || effect === 'unreadable' ? 'error' : 'warning';
}

/** What OSS answers to the uploader. */
export interface CallbackLintAnswer {
  readonly status: 200 | 203 | 400;
  /** Empty for 200. */
  readonly code: '' | 'CallbackFailed' | 'InvalidArgument';
  /** Empty where OSS publishes none. */
  readonly ec: string;
}

/** One rule of the linter, as plain data. */
export interface CallbackLintRow {
  readonly severity: CallbackLintSeverity;
  readonly effect: CallbackLintEffect;
  /** What is wrong: a sentence without its full stop. */
  readonly problem: string;
  /** What real OSS does about it. */
  readonly consequence: string;
  readonly answer: CallbackLintAnswer;
  readonly fix: string;
  readonly doc: string;
  /** Set where consequence or code is not documented and therefore our guess. */
  readonly assumed?: boolean;
}

export const CALLBACK_PAGE = 'https://www.alibabacloud.com/help/en/oss/developer-reference/callback';

/** The columns of a rule that OSS answers with one of its configuration errors. */
export function refusedWith(rule: CallbackConfigRule) {
  const row: CallbackConfigErrorRow = callbackConfigErrors[rule];
  const code = row.ec === '' ? '400 InvalidArgument' : `400 InvalidArgument, EC ${row.ec}`;
  return {
    severity: 'error',
    effect: 'refused',
    consequence: `nothing is stored, OSS answers ${code}: ${row.message}`,
    answer: { status: 400, code: 'InvalidArgument', ec: row.ec },
    doc: row.doc,
    assumed: row.assumed?.some((column) => column !== 'argumentName') ?? false,
  } as const;
}

/** The columns of a rule that ends in one of the failures of a callback. */
export function failsWith(reason: CallbackFailureReason, message: string) {
  const { ec, doc } = callbackFailures[reason];
  const code = ec === '' ? '203 CallbackFailed' : `203 CallbackFailed, EC ${ec}`;
  return {
    effect: 'fails',
    consequence: `the object is stored, the callback does not arrive, OSS answers ${code}: ${message}`,
    answer: { status: 203, code: 'CallbackFailed', ec },
    doc,
  } as const;
}

/** The answer column of a rule whose callback goes out. */
export const CALLED: CallbackLintAnswer = { status: 200, code: '', ec: '' };
