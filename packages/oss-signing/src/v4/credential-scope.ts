/** What a signing key is derived for. */
export interface CredentialScope {
  /** The day of `x-oss-date`, `YYYYMMDD`. */
  readonly signDate: string;
  /** General-purpose region ID, `cn-hangzhou`; for a cloud box its id. */
  readonly region: string;
  /** `oss`, or `oss-cloudbox`. */
  readonly product: string;
}

/** The product of the public cloud; cloud boxes have `oss-cloudbox` (Go SDK v2, signer tests). */
export const DEFAULT_PRODUCT = 'oss';

/** The last part of every scope, and the last input of the signing key. */
export const SCOPE_TERMINATOR = 'aliyun_v4_request';

/**
 * The scope of a signature: `20260115/cn-hangzhou/oss/aliyun_v4_request`.
 *
 * OSS: "Scope" of *Include a V4 signature in the header*.
 */
export function credentialScope({ signDate, region, product }: CredentialScope): string {
  return `${signDate}/${region}/${product}/${SCOPE_TERMINATOR}`;
}
