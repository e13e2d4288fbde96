import type { Credentials } from '../credentials.ts';
import { equalInConstantTime } from '../equal-in-constant-time.ts';
import type { ReceivedRequest } from '../received-request.ts';
import type { SignatureCarrier, Verification } from '../verification.ts';
import { computeSignature } from './compute-signature.ts';
import type { CredentialScope } from './credential-scope.ts';

/** The last step of both V4 verifiers: sign the request again and compare. The expected signature stays in here. */
export function compareSignature(
  received: ReceivedRequest,
  claim: {
    readonly credentials: Credentials;
    readonly scope: CredentialScope;
    readonly dateTime: string;
    readonly additionalHeaders: readonly string[];
    readonly signatureProvided: string;
    readonly carrier: SignatureCarrier;
  },
): Verification {
  const { credentials, scope, dateTime, additionalHeaders, signatureProvided, carrier } = claim;
  const { signature: expected, ...texts } = computeSignature({
    request: received.request,
    additionalHeaders,
    dateTime,
    scope,
    accessKeySecret: credentials.accessKeySecret,
  });
  const { accessKeyId } = credentials;
  if (equalInConstantTime(signatureProvided, expected)) {
    return { ok: true, accessKeyId, version: 'V4', carrier };
  }
  return {
    ok: false,
    reason: 'signature-mismatch',
    accessKeyId,
    version: 'V4',
    signatureProvided,
    ...texts,
    ec: '0002-00000201',
  };
}
