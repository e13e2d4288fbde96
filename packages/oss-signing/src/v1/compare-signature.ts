import type { Credentials } from '../credentials.ts';
import { equalInConstantTime } from '../equal-in-constant-time.ts';
import type { SignableRequest } from '../signable-request.ts';
import type { SignatureCarrier, Verification } from '../verification.ts';
import { signatureV1 } from './signature.ts';
import { stringToSignV1 } from './string-to-sign.ts';

/** The last step of both V1 verifiers: sign the request again and compare. The expected signature stays in here. */
export function compareSignatureV1(
  request: SignableRequest,
  claim: {
    readonly credentials: Credentials;
    /** What stands on the date line: a date, or the `Expires` of a presigned URL. */
    readonly date: string;
    readonly signatureProvided: string;
    readonly carrier: SignatureCarrier;
  },
): Verification {
  const { credentials, date, signatureProvided, carrier } = claim;
  const { accessKeyId } = credentials;
  const stringToSign = stringToSignV1(request, date);
  const expected = signatureV1(credentials.accessKeySecret, stringToSign);
  if (equalInConstantTime(signatureProvided, expected)) {
    return { ok: true, accessKeyId, version: 'V1', carrier };
  }
  return {
    ok: false,
    reason: 'signature-mismatch',
    accessKeyId,
    version: 'V1',
    signatureProvided,
    stringToSign,
    ec: '0002-00000040',
  };
}
