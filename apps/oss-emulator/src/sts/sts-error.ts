import { stsErrors } from './sts-errors.ts';
import type { StsErrorCode } from './sts-errors.ts';

export interface StsErrorDetails {
  /** For codes that STS uses with several messages. */
  readonly message?: string;
  /** For the log line only; never sent. */
  readonly cause?: unknown;
}

/** A refusal as STS words it; the table `sts-errors.ts` gives status and message. */
export class StsError extends Error {
  override readonly name = 'StsError';
  readonly code: StsErrorCode;
  readonly status: number;

  constructor(code: StsErrorCode, details: StsErrorDetails = {}) {
    super(details.message ?? stsErrors[code].message, { cause: details.cause });
    this.code = code;
    this.status = stsErrors[code].status;
  }
}
