import type { SignableRequest } from './signable-request.ts';

/**
 * Headers as both signature versions read them: lower-case names, trimmed values, repeated names joined by `,` in the
 * order they were given.
 *
 * OSS: "Construct CanonicalizedOSSHeaders" and "Canonical Headers" of the signature pages; joining: Go SDK v2, signer.
 */
export function headerFields(headers: SignableRequest['headers'] = {}): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    const field = name.toLowerCase();
    const earlier = fields.get(field);
    fields.set(field, earlier === undefined ? value.trim() : `${earlier},${value.trim()}`);
  }
  return fields;
}
