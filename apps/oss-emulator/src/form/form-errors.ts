import { page } from '../error-row.ts';
import type { ErrorRow } from '../error-row.ts';

/** The rows of the error table (`errors.ts`) that only forms have. */
export const formErrors = {
  FieldItemTooLong: {
    status: 400,
    message: 'Your name of form field is too long.',
    ec: '0006-00000110',
    doc: page(400),
  },
  IncorrectNumberOfFilesInPOSTRequest: {
    status: 400,
    message: 'POST requires exactly one file upload per request.',
    ec: '0006-00000107',
    doc: page(400),
  },
  InvalidPolicyDocument: { status: 400, message: 'Invalid Policy.', doc: page(400) },
  MalformedPOSTRequest: {
    status: 400,
    message: 'The body of your POST request is not well-formed multipart/form-data.',
    ec: '0006-00000103',
    doc: page(400),
  },
  MaxPOSTPreDataLengthExceededError: {
    status: 400,
    message: 'Your POST request fields preceding the upload file were too large.',
    ec: '0006-00000112',
    doc: page(400),
  },
  RequestIsNotMultiPartContent: {
    status: 400,
    message: 'Bucket POST must be of the enclosure-type multipart/form-data.',
    doc: page(400),
  },
} as const satisfies Record<string, ErrorRow>;
