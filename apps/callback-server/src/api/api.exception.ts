import { HttpException } from '@nestjs/common';

/** Everything that the server's own endpoints can answer instead of a result. The callback route has its own reasons. */
export const apiErrors = {
  'invalid-request': { status: 400, message: 'The request is malformed.' },
  unauthenticated: { status: 401, message: 'Sign in first.' },
  'not-found': { status: 404, message: 'There is nothing here.' },
  'upload-not-found': { status: 404, message: 'There is no such upload.' },
  'request-timeout': { status: 408, message: 'The request took too long to arrive.' },
  'body-too-large': { status: 413, message: 'The request body is too large.' },
  'uri-too-long': { status: 414, message: 'The request target is too long.' },
  'unsupported-content-type': { status: 415, message: 'Send JSON with content-type application/json.' },
  'headers-too-large': { status: 431, message: 'The request headers are too large.' },
  'internal-error': { status: 500, message: 'Something went wrong.' },
  'temporarily-unavailable': { status: 503, message: 'Try again later.' },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly message: string }>>;

export type ApiErrorCode = keyof typeof apiErrors;

/** Answered as `{ "error": { "code", "message" } }` with the status of its row. */
export class ApiException extends HttpException {
  override readonly name = 'ApiException';
  readonly code: ApiErrorCode;

  /** @param message replaces the row's; shown to the caller */
  constructor(code: ApiErrorCode, message: string = apiErrors[code].message, options?: { readonly cause?: unknown }) {
    super({ error: { code, message } }, apiErrors[code].status, { cause: options?.cause });
    this.message = message;
    this.code = code;
  }
}
