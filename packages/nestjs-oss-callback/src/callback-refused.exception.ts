import { HttpException } from '@nestjs/common';

export interface CallbackRefusedDetails {
  /** HTTP status, 400–599. Whatever it is, OSS answers the uploader 203 CallbackFailed. */
  readonly status: number;
  /** Stable, kebab-case reason for programs and metrics. */
  readonly code: string;
  /** One sentence. OSS may show it to the uploader: nothing internal, no ticket, no signature. */
  readonly message: string;
}

/**
 * Refuses a callback. The guards of this package throw it; a handler may throw it as well, for example when the upload
 * it is told about is unknown. Answered as `{ "error": { "code", "message" } }`.
 */
export class CallbackRefusedException extends HttpException {
  override readonly name = 'CallbackRefusedException';
  readonly code: string;

  constructor({ status, code, message }: CallbackRefusedDetails, options?: { readonly cause?: unknown }) {
    super({ error: { code, message } }, status, { cause: options?.cause });
    this.message = message;
    this.code = code;
  }
}
