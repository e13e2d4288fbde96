import { CALLBACK_PAGE, CALLED, type CallbackLintRow, refusedWith } from './callback-lint-row.ts';

const empty = {
  severity: 'warning',
  effect: 'differs',
  consequence: 'OSS puts nothing in its place: empty in a form, null or "" in JSON',
  answer: CALLED,
  doc: CALLBACK_PAGE,
  assumed: true,
} as const;

/** Rules about the variables that the template names and those that `callback-var` declares. */
export const variableLintRules = {
  'variable-unknown': {
    ...empty,
    problem: 'There is no such system variable',
    fix: 'use one of the documented names; custom variables begin with "x:"',
  },
  'variable-undeclared': {
    ...empty,
    problem: 'The template names a custom variable that the upload does not declare',
    fix: 'declare it in callback-var, in a form upload as a field of its own; names are case-sensitive',
  },
  'variable-unused': {
    severity: 'warning',
    effect: 'differs',
    problem: 'A declared custom variable is not in the template',
    consequence: 'OSS sends only what the template names, so the receiver never sees it',
    answer: CALLED,
    fix: 'name it in callbackBody',
    doc: CALLBACK_PAGE,
  },
  'variable-name-without-prefix': {
    severity: 'warning',
    effect: 'differs',
    problem: 'The name of a custom variable does not begin with "x:"',
    consequence: 'no placeholder can name it, so the receiver never sees it',
    answer: CALLED,
    fix: 'begin the name with "x:"; ali-oss adds it by itself',
    doc: CALLBACK_PAGE,
  },
  'variable-prefix-twice': {
    severity: 'warning',
    effect: 'differs',
    problem: 'The name of a custom variable begins with "x:x:"',
    consequence: 'the placeholder has to repeat it',
    answer: CALLED,
    fix: 'write "x:" once; ali-oss adds it by itself',
    doc: 'https://github.com/ali-sdk/ali-oss/issues/589',
  },
  'variable-name-upper-case': {
    severity: 'warning',
    effect: 'depends',
    problem: 'The name of a custom variable has capital letters',
    consequence: 'documented are lower-case names only',
    answer: CALLED,
    fix: 'write it in lower case, here and in callbackBody',
    doc: CALLBACK_PAGE,
  },
  'var-not-string-map': {
    ...refusedWith('var-not-string-map'),
    problem: 'The value of a custom variable is not a string',
    fix: 'write numbers and booleans in quotes',
  },
} as const satisfies Record<string, CallbackLintRow>;
