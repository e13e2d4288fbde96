import { isAccessKeyId } from '../credentials.ts';
import type { Refusal, SignatureCarrier } from '../verification.ts';
import { SCOPE_TERMINATOR, type CredentialScope } from './credential-scope.ts';

/** What a request says it was signed with: `<AccessKeyId>/<SignDate>/<Region>/<Product>/aliyun_v4_request`. */
export interface Credential extends CredentialScope {
  readonly accessKeyId: string;
}

interface CredentialCarrier {
  /** The header or parameter that holds the credential. */
  readonly field: string;
  /** OSS's codes for what can be wrong with it. */
  readonly accessKeyIdEc: string;
  readonly signDateEc: string;
  readonly formatEc: string;
}

/** The carriers of requests, and the field of a PostObject form. */
export type CredentialPlace = SignatureCarrier | 'form';

/** Where a credential is found, and what OSS calls its faults there. */
export const credentialCarriers: Readonly<Record<CredentialPlace, CredentialCarrier>> = {
  header: {
    field: 'Authorization',
    accessKeyIdEc: '0002-00000206',
    signDateEc: '0002-00000212',
    formatEc: '0002-00000213',
  },
  query: {
    field: 'x-oss-credential',
    accessKeyIdEc: '0002-00000222',
    signDateEc: '0002-00000223',
    formatEc: '0002-00000224',
  },
  form: {
    field: 'x-oss-credential',
    accessKeyIdEc: '0002-00000710',
    signDateEc: '0002-00000710',
    formatEc: '0002-00000710',
  },
};

/**
 * Reads a credential. OSS: "Credential" and `x-oss-credential` of the V4 signature pages. An empty region is a wrong one,
 * not a fault of the syntax (Python SDK, test_sign.py, `test_sign_v4_no_region`).
 */
export function parseCredential(
  text: string,
  carrier: CredentialPlace,
): { readonly ok: true; readonly credential: Credential } | Extract<Refusal, { readonly reason: 'malformed' }> {
  const { field, accessKeyIdEc, signDateEc, formatEc } = credentialCarriers[carrier];
  const [accessKeyId = '', signDate = '', region = '', product = '', terminator, ...rest] = text.split('/', 6);
  if (terminator !== SCOPE_TERMINATOR || rest.length > 0 || product === '') {
    const detail = 'The credential must be <AccessKeyId>/<SignDate>/<Region>/oss/aliyun_v4_request.';
    return { ok: false, reason: 'malformed', field, detail, ec: formatEc };
  }
  if (!isAccessKeyId(accessKeyId)) {
    const detail = 'The AccessKeyId of the credential has characters that no AccessKey ID has.';
    return { ok: false, reason: 'malformed', field, detail, ec: accessKeyIdEc };
  }
  if (!/^\d{8}$/.test(signDate)) {
    const detail = 'The SignDate of the credential must be YYYYMMDD.';
    return { ok: false, reason: 'malformed', field, detail, ec: signDateEc };
  }
  return { ok: true, credential: { accessKeyId, signDate, region, product } };
}
