import type { Credentials } from './credentials.ts';
import type { SignatureMismatchExplanation } from './mismatch/explain-signature-mismatch.ts';
import type { SignedTexts } from './mismatch/signed-texts.ts';

/** The signature algorithms of this package. V4 is the default everywhere. */
export type SignatureVersion = 'V1' | 'V4';

/** Where a request carries its signature: the `Authorization` header, or the query string of a presigned URL. */
export type SignatureCarrier = 'header' | 'query';

/** What a verifier knows and a request does not. */
export interface VerifyOptions {
  /** The pair (and security token) of a key id; `undefined` when there is none. */
  readonly findCredentials: (accessKeyId: string) => Credentials | undefined;
  /** The server's time. */
  readonly now: Date;
  /** The region V4 requests must be signed for: `cn-hangzhou`. */
  readonly region: string;
  /** The product V4 requests must be signed for; `oss` unless given. */
  readonly product?: string | undefined;
  /** What the client says it signed, when it is known: a mismatch then carries the first line that differs. */
  readonly signedByClient?: SignedTexts | undefined;
}

/** The request is signed by the holder of that key. */
export interface Verified {
  readonly ok: true;
  readonly accessKeyId: string;
  readonly version: SignatureVersion;
  readonly carrier: SignatureCarrier;
}

/**
 * The request is not accepted, and why. `ec` is OSS's own fine-grained error code where one is documented; each has a
 * page, `https://www.alibabacloud.com/help/en/oss/support/<ec>`. Never holds a secret or the expected signature.
 */
export type Refusal = { readonly ok: false; readonly ec?: string | undefined } & RefusalReason;

/** One member per case that OSS tells apart. */
export type RefusalReason =
  /** Nothing in the request claims to be a signature. */
  | { readonly reason: 'unsigned' }
  /** Both carriers are used at once; OSS answers 400 InvalidArgument. */
  | { readonly reason: 'header-and-query' }
  /** Syntax. `field` is the header or parameter in OSS's spelling, `detail` one sentence about the rule. */
  | { readonly reason: 'malformed'; readonly field: string; readonly detail: string }
  /** A part that the signature version demands is absent or empty. */
  | {
      readonly reason: 'missing-parameter';
      readonly parameter: string;
      readonly carrier: SignatureCarrier;
      readonly version: SignatureVersion;
    }
  /** A version that OSS has had and this package has not (`V2`), or one that never existed. */
  | { readonly reason: 'unsupported-version'; readonly version: string }
  | { readonly reason: 'wrong-region' | 'wrong-product'; readonly expected: string; readonly provided: string }
  /** `x-oss-date` or `Date` is absent (`undefined`) or unreadable. */
  | { readonly reason: 'invalid-date'; readonly value: string | undefined }
  /** Not a whole number of seconds, or outside 1–604800 for V4. */
  | { readonly reason: 'invalid-expires'; readonly value: string }
  | { readonly reason: 'expired'; readonly expiresAt: Date }
  /** More than {@link MAX_CLOCK_SKEW_MS} away from the server's time. */
  | { readonly reason: 'time-skewed'; readonly requestTime: Date }
  | { readonly reason: 'unknown-access-key'; readonly accessKeyId: string }
  /** The key is temporary and the request has no token where its carrier wants it. */
  | {
      readonly reason: 'security-token-missing';
      readonly accessKeyId: string;
      readonly carrier: SignatureCarrier;
      readonly version: SignatureVersion;
    }
  /** The token is not the one that belongs to the key, or the key has none. */
  | {
      readonly reason: 'security-token-invalid';
      readonly accessKeyId: string;
      readonly carrier: SignatureCarrier;
      readonly version: SignatureVersion;
    }
  /** The verifier's own string to sign is what one compares with the client's to find the mistake. */
  | {
      readonly reason: 'signature-mismatch';
      readonly accessKeyId: string;
      readonly version: SignatureVersion;
      readonly signatureProvided: string;
      readonly stringToSign: string;
      readonly canonicalRequest?: string;
      /** Only when {@link VerifyOptions.signedByClient} was given. */
      readonly explanation?: SignatureMismatchExplanation | undefined;
    };

/** The outcome of {@link verifyRequest}: a union, so that no refusal can be mistaken for an acceptance. */
export type Verification = Verified | Refusal;
