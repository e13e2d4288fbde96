import { headerFields } from '../header-fields.ts';
import type { SignableRequest } from '../signable-request.ts';
import { SigningInputError } from '../signing-input-error.ts';

/**
 * Whether a header is signed without being asked for: `content-type`, `content-md5` and every `x-oss-*`.
 *
 * OSS: "Canonical Headers" of *Include a V4 signature in the header*.
 *
 * @param field a lower-case header name
 */
export function isDefaultSignedHeader(field: string): boolean {
  return field.startsWith('x-oss-') || field === 'content-type' || field === 'content-md5';
}

/**
 * Brings names of additional headers into the form that is signed: lower case, sorted, each once, without those that
 * are signed anyway.
 *
 * OSS: "Additional Headers" of *Include a V4 signature in the header*; the default names are dropped by every SDK.
 */
export function normalizeAdditionalHeaders(names: readonly string[]): readonly string[] {
  const fields = new Set(names.map((name) => name.toLowerCase()));
  return [...fields].filter((field) => !isDefaultSignedHeader(field)).sort();
}

/**
 * Chooses the additional headers that a request can sign: of those asked for, the ones it has, as the SDKs do.
 *
 * @throws {SigningInputError} for a name with an underscore: OSS refuses it (EC 0002-00000211)
 */
export function chooseAdditionalHeaders(
  names: readonly string[] | undefined,
  headers: SignableRequest['headers'],
): readonly string[] {
  if (names === undefined || names.length === 0) {
    return [];
  }
  const fields = headerFields(headers);
  const chosen = normalizeAdditionalHeaders(names).filter((field) => (fields.get(field) ?? '') !== '');
  if (chosen.some((field) => field.includes('_'))) {
    throw new SigningInputError('additionalHeaders', 'must not name a header with an underscore');
  }
  return chosen;
}
