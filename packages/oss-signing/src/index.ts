// The public surface of the package, by hand: what is not here is private.

// Sign.
export { signRequest } from './sign-request.ts';
export type { SignRequestOptions } from './sign-request-options.ts';
export { signRequestV4, type SignV4Options } from './v4/sign-request.ts';
export { signRequestV1, type SignV1Options } from './v1/sign-request.ts';
export { presignUrl, type PresignedUrl, type PresignOptions } from './v4/presign-url.ts';
export { presignUrlV1, type PresignedUrlV1, type PresignV1Options } from './v1/presign-url.ts';
export { objectUrl, type Addressing, type ObjectAddress } from './object-url.ts';
export type { Credentials } from './credentials.ts';
export type { QueryParameters, SignableRequest } from './signable-request.ts';
export type { SignedRequest } from './signed-request.ts';
export { SigningInputError } from './signing-input-error.ts';

// Verify.
export { verifyRequest } from './verify-request.ts';
export { signatureVersions, type SignatureScheme } from './signature-versions.ts';
export { MAX_CLOCK_SKEW_MS } from './check-clock-skew.ts';
export type {
  Refusal,
  RefusalReason,
  SignatureCarrier,
  SignatureVersion,
  Verification,
  Verified,
  VerifyOptions,
} from './verification.ts';

// Find out why a signature does not match.
export { explainSignatureMismatch, type SignatureMismatchExplanation } from './mismatch/explain-signature-mismatch.ts';
export { mismatchHints, type MismatchCause } from './mismatch/mismatch-cause.ts';
export { readSignatureError } from './mismatch/read-signature-error.ts';
export type { SignedTexts } from './mismatch/signed-texts.ts';
export type { TextDifference, TextPart } from './mismatch/text-difference.ts';

// PostObject forms and their policies.
export { buildPostPolicy } from './post-policy/build-post-policy.ts';
export type { PostPolicyCondition, PostPolicyField } from './post-policy/post-policy-condition.ts';
export { signPostForm, type SignedPostForm, type SignPostFormOptions } from './post-policy/sign-post-form.ts';
export { verifyPostForm } from './post-policy/verify-post-form.ts';
export type { PostFormRefusal, PostFormVerification } from './post-policy/post-form-verification.ts';
export {
  checkPostPolicy,
  type CheckPostPolicyOptions,
  type PostPolicyCheck,
  type PostPolicyRefusal,
} from './post-policy/check-post-policy.ts';
export type { PostFormFields } from './post-policy/form-fields.ts';

// STS, RPC style.
export { signStsRequest, type SignedStsRequest, type SignStsOptions } from './sts-rpc/sign-sts-request.ts';
export { verifyStsRequest, type StsVerification } from './sts-rpc/verify-sts-request.ts';
export { stsStringToSign } from './sts-rpc/string-to-sign.ts';

// STS and other OpenAPI calls, signature V3 (ACS3).
export { signAcs3Request, type SignAcs3Options, type SignedAcs3Request } from './acs3/sign-acs3-request.ts';
export { isAcs3Authorization, verifyAcs3Request, type Acs3Verification } from './acs3/verify-acs3-request.ts';
export type { Acs3Request } from './acs3/canonical-request.ts';

// The steps of V4, in the order of the documentation.
export { canonicalUri } from './v4/canonical-uri.ts';
export { canonicalQueryString } from './v4/canonical-query-string.ts';
export { canonicalHeaders } from './v4/canonical-headers.ts';
export { normalizeAdditionalHeaders } from './v4/additional-headers.ts';
export { UNSIGNED_PAYLOAD } from './v4/hashed-payload.ts';
export { canonicalRequest } from './v4/canonical-request.ts';
export { credentialScope, type CredentialScope } from './v4/credential-scope.ts';
export { stringToSign } from './v4/string-to-sign.ts';
export { signingKey } from './v4/signing-key.ts';
export { MAX_EXPIRES_SECONDS } from './v4/expires.ts';

// The steps of V1.
export { canonicalizedOssHeaders } from './v1/canonicalized-oss-headers.ts';
export { canonicalizedResource } from './v1/canonicalized-resource.ts';
export { stringToSignV1 } from './v1/string-to-sign.ts';

// Percent-encoding, as OSS defines it.
export { percentEncode, percentEncodePath } from './percent-encode.ts';
export { percentDecode } from './percent-decode.ts';
