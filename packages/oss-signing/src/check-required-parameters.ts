import type { ReceivedRequest } from './received-request.ts';
import type { Refusal, SignatureVersion } from './verification.ts';

/** A query parameter without which a presigned URL is none, and OSS's error codes for its absence and emptiness. */
export interface RequiredParameter {
  readonly name: string;
  readonly missingEc?: string;
  readonly emptyEc?: string;
}

/** Refuses a presigned URL that lacks one of its parameters; the first row that fails is reported. */
export function checkRequiredParameters(
  received: ReceivedRequest,
  required: readonly RequiredParameter[],
  version: SignatureVersion,
): Refusal | undefined {
  for (const { name, missingEc, emptyEc } of required) {
    const value = received.parameters.get(name);
    if (value === undefined || value === '') {
      const ec = value === undefined ? missingEc : emptyEc;
      return { ok: false, reason: 'missing-parameter', parameter: name, carrier: 'query', version, ec };
    }
  }
  return undefined;
}
