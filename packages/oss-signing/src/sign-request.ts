import type { SignRequestOptions } from './sign-request-options.ts';
import type { SignableRequest } from './signable-request.ts';
import type { SignedRequest } from './signed-request.ts';
import { signatureVersions } from './signature-versions.ts';
import { SigningInputError } from './signing-input-error.ts';

/**
 * Signs a request in the Authorization header, with V4 unless told otherwise.
 *
 * @returns the headers to send, names in lower case, and the texts that were signed
 * @throws {SigningInputError} for an unknown version, and for credentials, a region or a time that OSS could only refuse
 */
export function signRequest(request: SignableRequest, options: SignRequestOptions): SignedRequest {
  const { version = 'V4' } = options;
  const scheme = signatureVersions.find((row) => row.version === version && row.sign !== undefined);
  if (scheme?.sign === undefined) {
    throw new SigningInputError('version', 'must be a version that this package signs with');
  }
  return scheme.sign(request, options);
}
