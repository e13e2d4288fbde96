import type { ReceivedRequest } from '../received-request.ts';
import type { Refusal, SignatureCarrier } from '../verification.ts';
import { normalizeAdditionalHeaders } from './additional-headers.ts';

const carriers = {
  header: { field: 'Authorization', emptyEc: '0002-00000209', emptyNameEc: '0002-00000210', absentEc: '0002-00000211' },
  query: {
    field: 'x-oss-additional-headers',
    emptyEc: '0002-00000076',
    emptyNameEc: '0002-00000077',
    absentEc: '0002-00000077',
  },
} as const satisfies Record<SignatureCarrier, object>;

/**
 * Reads the list of additional headers, `host;range`, that a request says it signed. Case and order are forgiven: oss2
 * sorts by first letter only. What OSS does not forgive is refused: no name at all, an empty name, a name with an
 * underscore, a header that the request does not have.
 *
 * @param text `undefined` when the request has no such list, which is the usual case
 */
export function parseAdditionalHeaders(
  text: string | undefined,
  received: ReceivedRequest,
  carrier: SignatureCarrier,
): { readonly ok: true; readonly names: readonly string[] } | Refusal {
  if (text === undefined) {
    return { ok: true, names: [] };
  }
  const { field, emptyEc, emptyNameEc, absentEc } = carriers[carrier];
  if (text === '') {
    const detail = 'The additional headers must be left out when there are none.';
    return { ok: false, reason: 'malformed', field, detail, ec: emptyEc };
  }
  const listed = text.split(';').map((name) => name.trim());
  if (listed.includes('')) {
    const detail = 'The additional headers must not contain an empty name.';
    return { ok: false, reason: 'malformed', field, detail, ec: emptyNameEc };
  }
  const names = normalizeAdditionalHeaders(listed);
  if (names.some((name) => name.includes('_') || !received.headers.has(name))) {
    const detail = 'The additional headers must be headers of the request, without underscores.';
    return { ok: false, reason: 'malformed', field, detail, ec: absentEc };
  }
  return { ok: true, names };
}
