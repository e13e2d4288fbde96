import { bodyLintRules } from './body-lint-rules.ts';
import type { CallbackLintRow } from './callback-lint-row.ts';
import { carrierLintRules } from './carrier-lint-rules.ts';
import { fieldLintRules } from './field-lint-rules.ts';
import { variableLintRules } from './variable-lint-rules.ts';

/** Every rule of `lintCallback`, as plain data: `JSON.stringify` keeps all of it. */
export const callbackLintRules = {
  ...carrierLintRules,
  ...fieldLintRules,
  ...bodyLintRules,
  ...variableLintRules,
} as const satisfies Record<string, CallbackLintRow>;

/** Key of a row in `callbackLintRules`. */
export type CallbackLintRule = keyof typeof callbackLintRules;
