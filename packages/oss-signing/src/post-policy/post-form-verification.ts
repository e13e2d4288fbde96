import type { Refusal, SignatureVersion } from '../verification.ts';

/** The refusals that a form shares with requests in header and query. */
type SharedRefusal = Extract<
  Refusal,
  {
    readonly reason:
      | 'unsigned'
      | 'malformed'
      | 'unsupported-version'
      | 'wrong-region'
      | 'wrong-product'
      | 'invalid-date'
      | 'expired'
      | 'time-skewed'
      | 'unknown-access-key';
  }
>;

/** Why the signature of a form is not accepted. `ec` is OSS's own code where one is documented. */
export type PostFormRefusal =
  | SharedRefusal
  | ({ readonly ok: false; readonly ec?: string | undefined } & (
      | {
          /** A field that the signature version demands is absent or empty. */
          readonly reason: 'missing-field';
          /** In OSS's spelling: `policy`, `OSSAccessKeyId`, `x-oss-signature`, … */
          readonly field: string;
          readonly version: SignatureVersion;
        }
      | {
          /** The key is temporary and the form has no token. */
          readonly reason: 'security-token-missing';
          readonly accessKeyId: string;
          readonly version: SignatureVersion;
        }
      | {
          /** The token is not this key's. */
          readonly reason: 'security-token-invalid';
          readonly accessKeyId: string;
          readonly version: SignatureVersion;
        }
      | {
          /** The string to sign of a form is the field `policy`, as it was sent. */
          readonly reason: 'signature-mismatch';
          readonly accessKeyId: string;
          readonly version: SignatureVersion;
          readonly signatureProvided: string;
          readonly stringToSign: string;
        }
    ));

/** The outcome of {@link verifyPostForm}. */
export type PostFormVerification =
  /** The holder of that key signed this policy. Whether the form obeys it: {@link checkPostPolicy}. */
  | {
      readonly ok: true;
      readonly accessKeyId: string;
      readonly version: SignatureVersion;
      /** The field `policy`, Base64. */
      readonly policy: string;
    }
  | PostFormRefusal;
