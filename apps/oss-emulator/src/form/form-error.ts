import type { OssErrorCode } from '../errors.ts';
import { OssError } from '../oss-error.ts';
import type { OssErrorDetails } from '../oss-error.ts';

/** What is wrong with the bytes of a form, before any field of it means anything. */
export type FormFault = 'malformed' | 'incomplete' | 'name-too-long' | 'value-too-long' | 'too-much-before-file';

/**
 * Codes and ECs: the pages of 0006-00000103, 104, 110 and 112, and OSS: *HTTP status code 400*. Assumed: 0006-00000111 for
 * a value that is too long (its page has the limit, our copy of it not the number), and the text for it.
 */
const refusals = {
  malformed: ['MalformedPOSTRequest', {}],
  incomplete: ['MalformedPOSTRequest', { ec: '0006-00000104' }],
  'name-too-long': ['FieldItemTooLong', {}],
  'value-too-long': ['FieldItemTooLong', { message: 'Your value of form field is too long.', ec: '0006-00000111' }],
  'too-much-before-file': ['MaxPOSTPreDataLengthExceededError', {}],
} as const satisfies Record<FormFault, readonly [OssErrorCode, OssErrorDetails]>;

/** @param detail for the log line only: OSS says no more than the code */
export function formError(fault: FormFault, detail: string): OssError {
  const [code, details] = refusals[fault];
  return new OssError(code, {}, { ...details, cause: detail });
}
