import type { Refusal } from '../verification.ts';
import { ALGORITHM } from './string-to-sign.ts';

/** The members of a V4 Authorization header, as texts. */
export interface Authorization {
  readonly credential: string;
  readonly signature: string;
  /** `undefined` when the member is left out; `''` when it is there and empty, which is an error. */
  readonly additionalHeaders: string | undefined;
}

/** Each member at most once. */
const MAX_MEMBERS = 3;

/**
 * Reads `OSS4-HMAC-SHA256 Credential=…,AdditionalHeaders=…,Signature=…`. Members come in any order and with blanks
 * after the comma or without: oss2 writes `, ` and puts the additional headers last.
 *
 * OSS: "Authorization" of *Include a V4 signature in the header*; EC 0002-00000202, 0002-00000205, 0002-00000207.
 */
export function parseAuthorization(
  header: string,
): { readonly ok: true; readonly authorization: Authorization } | Refusal {
  const members = new Map<string, string>();
  // The limit keeps the work small for a header that is nothing but commas.
  for (const member of header.slice(ALGORITHM.length).split(',', MAX_MEMBERS + 1)) {
    const [name, value] = splitAtEquals(member);
    const isKnown = name === 'Credential' || name === 'AdditionalHeaders' || name === 'Signature';
    if (!isKnown || value === undefined || members.has(name)) {
      const detail = 'Authorization must be OSS4-HMAC-SHA256 Credential=…,AdditionalHeaders=…,Signature=…, each once.';
      return { ok: false, reason: 'malformed', field: 'Authorization', detail, ec: '0002-00000202' };
    }
    members.set(name, value);
  }
  const credential = members.get('Credential') ?? '';
  const signature = members.get('Signature') ?? '';
  if (credential === '' || signature === '') {
    return {
      ok: false,
      reason: 'missing-parameter',
      parameter: credential === '' ? 'Credential' : 'Signature',
      carrier: 'header',
      version: 'V4',
      ec: credential === '' ? '0002-00000205' : '0002-00000207',
    };
  }
  return { ok: true, authorization: { credential, signature, additionalHeaders: members.get('AdditionalHeaders') } };
}

function splitAtEquals(member: string): [name: string, value?: string] {
  const at = member.indexOf('=');
  return at < 0 ? [member.trim()] : [member.slice(0, at).trim(), member.slice(at + 1).trim()];
}
