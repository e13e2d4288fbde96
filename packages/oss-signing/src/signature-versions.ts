import type { ReceivedRequest } from './received-request.ts';
import type { SignRequestOptions } from './sign-request-options.ts';
import type { SignableRequest } from './signable-request.ts';
import type { SignedRequest } from './signed-request.ts';
import { signRequestV1 } from './v1/sign-request.ts';
import { verifyHeaderV1 } from './v1/verify-header.ts';
import { verifyQueryV1 } from './v1/verify-query.ts';
import { signRequestV4 } from './v4/sign-request.ts';
import { ALGORITHM } from './v4/string-to-sign.ts';
import { verifyHeaderV4 } from './v4/verify-header.ts';
import { verifyQueryV4 } from './v4/verify-query.ts';
import type { SignatureCarrier, Verification, VerifyOptions } from './verification.ts';

/** One way to sign a request. No two rows of one carrier claim the same request. */
export interface SignatureScheme {
  readonly version: 'V1' | 'V2' | 'V4';
  readonly carrier: SignatureCarrier;
  /** The page that describes it. */
  readonly doc: string;
  /** Whether a request says that it is signed this way. */
  readonly claims: (received: ReceivedRequest) => boolean;
  readonly verify: (received: ReceivedRequest, options: VerifyOptions) => Verification;
  /** Rows of the header carrier that can sign; a presigned URL is made by its own function. */
  sign?(request: SignableRequest, options: SignRequestOptions): SignedRequest;
}

const DOC = 'https://www.alibabacloud.com/help/en/oss/developer-reference';

/**
 * Every signature that OSS knows, one row per version and carrier. A row says whether a request is its own, verifies it
 * and, in the header, makes it. A new version is a new row.
 */
export const signatureVersions: readonly SignatureScheme[] = [
  {
    version: 'V4',
    carrier: 'header',
    doc: `${DOC}/recommend-to-use-signature-version-4`,
    claims: (received) => authorizationScheme(received) === ALGORITHM,
    verify: verifyHeaderV4,
    sign: signRequestV4,
  },
  {
    version: 'V1',
    carrier: 'header',
    doc: `${DOC}/include-signatures-in-the-authorization-header`,
    claims: (received) => authorizationScheme(received) === 'OSS',
    verify: verifyHeaderV1,
    sign: signRequestV1,
  },
  {
    version: 'V2',
    carrier: 'header',
    doc: 'https://www.alibabacloud.com/help/en/oss/support/0002-00000102',
    claims: (received) => authorizationScheme(received) === 'OSS2',
    verify: () => ({ ok: false, reason: 'unsupported-version', version: 'V2' }),
  },
  {
    version: 'V4',
    carrier: 'query',
    doc: `${DOC}/add-signatures-to-urls`,
    claims: ({ parameters }) =>
      (versionParameter(parameters) ?? ALGORITHM) === ALGORITHM && hasVersionedParameter(parameters),
    verify: verifyQueryV4,
  },
  {
    version: 'V2',
    carrier: 'query',
    // The page for any value but OSS2 and V4's.
    doc: 'https://www.alibabacloud.com/help/en/oss/support/0002-00000066',
    claims: ({ parameters }) => (versionParameter(parameters) ?? ALGORITHM) !== ALGORITHM,
    verify: ({ parameters }) => {
      const version = versionParameter(parameters) ?? '';
      return version === 'OSS2'
        ? { ok: false, reason: 'unsupported-version', version: 'V2' }
        : { ok: false, reason: 'unsupported-version', version, ec: '0002-00000066' };
    },
  },
  {
    version: 'V1',
    carrier: 'query',
    doc: `${DOC}/ddd-signatures-to-urls`,
    claims: ({ parameters }) =>
      !hasVersionedParameter(parameters) &&
      ['OSSAccessKeyId', 'Expires', 'Signature'].some((name) => parameters.has(name)),
    verify: verifyQueryV1,
  },
];

/** The first word of the Authorization header; `undefined` without that header. */
function authorizationScheme({ headers }: ReceivedRequest): string | undefined {
  return headers.get('authorization')?.split(' ', 1)[0];
}

function versionParameter(parameters: ReadonlyMap<string, string>): string | undefined {
  return parameters.get('x-oss-signature-version');
}

function hasVersionedParameter(parameters: ReadonlyMap<string, string>): boolean {
  return parameters.has('x-oss-signature-version') || parameters.has('x-oss-signature');
}
