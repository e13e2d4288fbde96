import type {
  CallbackBodyRefusal,
  CallbackRefusal,
  TicketBindingRefusal,
  UploadTicketRefusal,
} from '@oss-callback/oss-callback';
import { CallbackRefusedException } from './callback-refused.exception.ts';
import type { RawBody } from './read-raw-body.ts';

type RawBodyRefusal = Extract<RawBody, { ok: false }>['reason'];

/** Every reason for which the guards refuse a callback; `ticket-…` and `body-…` tell two of one name apart. */
export type OssCallbackRefusal =
  | 'target-not-a-path'
  | 'duplicate-header'
  | 'deadline-exceeded'
  | RawBodyRefusal
  | CallbackRefusal
  | `body-${CallbackBodyRefusal}`
  | `ticket-${UploadTicketRefusal}`
  | TicketBindingRefusal;

/**
 * Status and text of every refusal. OSS passes the text on to the uploader, who may be the attacker: it says what is
 * wrong with the request, never what would have been right.
 */
export const callbackRefusals: Readonly<
  Record<OssCallbackRefusal, { readonly status: number; readonly message: string }>
> = {
  'target-not-a-path': { status: 400, message: 'The request target must be a path.' },
  'duplicate-header': { status: 400, message: 'A header that may stand once stands twice.' },
  'body-too-large': { status: 413, message: 'The callback body is too large.' },
  'body-timeout': { status: 408, message: 'The callback body took too long to arrive.' },
  'body-incomplete': { status: 400, message: 'The callback body ended early.' },

  'missing-authorization': { status: 401, message: 'The callback is not signed: authorization is missing.' },
  'missing-public-key-url': { status: 401, message: 'The callback is not signed: x-oss-pub-key-url is missing.' },
  'malformed-public-key-url': { status: 401, message: 'x-oss-pub-key-url is malformed.' },
  'unknown-public-key-url': { status: 401, message: 'The key named by x-oss-pub-key-url is not trusted.' },
  'malformed-authorization': { status: 401, message: 'The callback signature is malformed.' },
  'signature-mismatch': { status: 401, message: 'The callback signature does not match the request.' },

  'body-unsupported-content-type': { status: 415, message: 'The callback body must be JSON or a form.' },
  'body-invalid-utf-8': { status: 400, message: 'The callback body is not UTF-8.' },
  'body-malformed-escape': { status: 400, message: 'The callback body has a malformed percent escape.' },
  'body-invalid-json': { status: 400, message: 'The callback body is not JSON.' },
  'body-not-an-object': { status: 400, message: 'The callback body is not a JSON object.' },
  'body-not-flat': { status: 400, message: 'The callback body has a field that is neither text nor number.' },
  'body-duplicate-field': { status: 400, message: 'The callback body has a field twice.' },
  'body-too-many-fields': { status: 400, message: 'The callback body has too many fields.' },

  'ticket-missing': { status: 401, message: 'The callback has no upload ticket.' },
  'ticket-malformed': { status: 401, message: 'The upload ticket is malformed.' },
  'ticket-unknown-key': { status: 401, message: 'The upload ticket is not one of ours.' },
  'ticket-signature-mismatch': { status: 401, message: 'The upload ticket is not one of ours.' },
  'ticket-unsupported-version': { status: 401, message: 'The upload ticket has a version that is not supported.' },
  'ticket-not-yet-valid': { status: 401, message: 'The upload ticket is not valid yet.' },
  'ticket-expired': { status: 401, message: 'The upload ticket has expired.' },
  'ticket-wrong-route': { status: 401, message: 'The upload ticket is for another kind of upload.' },

  'bucket-mismatch': { status: 403, message: 'The upload ticket is for another bucket.' },
  'object-mismatch': { status: 403, message: 'The upload ticket is for another object.' },
  'size-invalid': { status: 403, message: 'The callback does not tell the size of the object.' },
  'size-too-small': { status: 403, message: 'The object is smaller than the upload ticket allows.' },
  'size-too-large': { status: 403, message: 'The object is larger than the upload ticket allows.' },
  'mime-type-mismatch': { status: 403, message: 'The object has another content type than the upload ticket allows.' },

  'deadline-exceeded': { status: 503, message: 'The callback could not be handled in time.' },
};

/** The exception for a row of {@link callbackRefusals}. */
export function callbackRefusal(code: OssCallbackRefusal): CallbackRefusedException {
  return new CallbackRefusedException({ code, ...callbackRefusals[code] });
}
