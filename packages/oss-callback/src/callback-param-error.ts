import { type CallbackConfigRule, callbackConfigErrors } from './callback-config-errors.ts';

/** Mistakes that OSS accepts but that cannot do what was meant. */
export type CallbackParamAdvice =
  | 'url-missing'
  | 'url-holds-separator'
  | 'url-not-percent-encoded'
  | 'string-placeholder-in-quotes'
  | 'variable-name-without-prefix'
  | 'value-not-string';

/** Thrown by the encoders, before anything is sent. */
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
