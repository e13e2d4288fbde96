import { type CallbackConfigRule, callbackConfigErrors } from './callback-config-errors.ts';
import type { CallbackLintRule } from './lint/callback-lint-rules.ts';

/** Mistakes that OSS accepts but that cannot do what was meant: rules of the linter, and what only encoders can see. */
export type CallbackParamAdvice =
  | CallbackLintRule
  | 'variable-name-invalid'
  | 'variable-declared-twice'
  | 'value-not-string'
  | 'text-not-well-formed'
  | 'field-name-invalid'
  | 'field-value-invalid'
  | 'too-many-fields'
  | 'url-not-for-ali-oss';

/** Thrown by the builder and the encoders, before anything is sent. */
export class CallbackParamError extends Error {
  override readonly name = 'CallbackParamError';
  /** Name of the member or variable at fault, in OSS's spelling. */
  readonly field: string;
  readonly rule: CallbackConfigRule | CallbackParamAdvice;

  constructor(field: string, rule: CallbackConfigRule | CallbackParamAdvice, explanation: string) {
    super(`${field}: ${explanation}`);
    this.field = field;
    this.rule = rule;
  }
}

/** The error for what OSS itself would refuse, with the code it would answer. */
export function refusedByOss(field: string, rule: CallbackConfigRule): CallbackParamError {
  const { ec, message } = callbackConfigErrors[rule];
  const answer = ec === '' ? '400 InvalidArgument' : `400 InvalidArgument, EC ${ec}`;
  return new CallbackParamError(field, rule, `${message} (${rule}; OSS answers ${answer})`);
}
