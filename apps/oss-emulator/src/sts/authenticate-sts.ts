import { isAcs3Authorization, verifyAcs3Request, verifyStsRequest } from '@oss-callback/oss-signing';
import type { Acs3Verification, Credentials, StsVerification } from '@oss-callback/oss-signing';
import type { Account } from '../emulator-context.ts';
import type { NonceMemory } from './nonce-memory.ts';
import type { StsCall } from './sts-call.ts';
import { StsError } from './sts-error.ts';
import { stsErrors } from './sts-errors.ts';
import type { StsErrorCode } from './sts-errors.ts';
import type { FoundSession, StsSession, StsSessions } from './sts-sessions.ts';

/** Who calls: the account itself, or a session of it. */
export interface StsCaller {
  readonly accessKeyId: string;
  readonly session: StsSession | undefined;
}

export interface StsAuthenticationRules {
  readonly account: Account;
  readonly sessions: StsSessions;
  readonly nonces: NonceMemory;
}

/**
 * By the signature of RPC calls, or by V3 of OpenAPI, which newer SDKs use.
 * @throws {StsError} for every signature that does not hold; there are no anonymous calls
 */
export function authenticateSts(call: StsCall, { account, sessions, nonces }: StsAuthenticationRules): StsCaller {
  const now = call.receivedAt;
  let found: FoundSession | undefined;
  const findCredentials = (id: string): Credentials | undefined => {
    if (id === account.credentials.accessKeyId) return account.credentials;
    const token = call.headers['x-acs-security-token'] ?? call.parameter('SecurityToken');
    found = sessions.find(id, token, now);
    return found.ok ? found.credentials : undefined;
  };
  const isAcs3 = isAcs3Authorization(call.headers['authorization']);
  const verification = isAcs3
    ? verifyAcs3Request(call, { now, findCredentials })
    : verifyStsRequest(call, { now, findCredentials });
  if (!verification.ok) throw refusal(verification, found);
  const { accessKeyId, nonce } = verification;
  // Verified, so it is a time, and covered by the signature.
  const requestTime = new Date((isAcs3 ? call.headers['x-acs-date'] : call.parameter('Timestamp')) ?? now);
  if (!nonces.use(accessKeyId, nonce, requestTime, now)) throw new StsError('SignatureNonceUsed');
  return { accessKeyId, session: found?.ok === true ? found.session : undefined };
}

type RefusedCall = Exclude<StsVerification | Acs3Verification, { ok: true }>;

function refusal(verification: RefusedCall, found: FoundSession | undefined): StsError {
  switch (verification.reason) {
    case 'missing-parameter': {
      const code = `Missing${verification.parameter}`;
      return isStsErrorCode(code) ? new StsError(code) : invalidParameter(verification.parameter);
    }
    case 'missing-header':
      return new StsError(MISSING_HEADERS[verification.header] ?? 'MissingSignature');
    case 'malformed-header':
    case 'unsigned-header':
      return invalidParameter(verification.header);
    case 'content-mismatch':
      return invalidParameter('x-acs-content-sha256');
    case 'repeated-parameter':
      return invalidParameter(verification.parameter);
    case 'unsupported-signature':
      return verification.parameter === 'SignatureMethod'
        ? new StsError('InvalidSignatureMethod')
        : invalidParameter(verification.parameter);
    case 'invalid-timestamp':
    case 'invalid-date':
      return new StsError('InvalidTimeStamp.Format');
    case 'time-skewed':
      return new StsError('InvalidTimeStamp.Expired', { cause: `Timestamp=${verification.requestTime.toISOString()}` });
    case 'unknown-access-key':
      return unknownKey(verification.accessKeyId, found);
    case 'security-token-missing':
      return new StsError('MissingSecurityToken');
    case 'security-token-invalid':
      return new StsError('InvalidSecurityToken.MismatchWithAccessKey');
    case 'signature-mismatch':
      // SDKs look for this sentence to tell a wrong secret from a broken request, so the string stands in the message.
      return new StsError('SignatureDoesNotMatch', {
        message: `${stsErrors.SignatureDoesNotMatch.message} server string to sign is:${verification.stringToSign}`,
      });
  }
}

/** What the gateway calls the headers of V3, where the older signature has a parameter for the same. */
const MISSING_HEADERS: Readonly<Record<string, StsErrorCode>> = {
  'x-acs-action': 'MissingAction',
  'x-acs-version': 'MissingVersion',
  'x-acs-date': 'MissingTimestamp',
  'x-acs-signature-nonce': 'MissingSignatureNonce',
};

function unknownKey(accessKeyId: string, found: FoundSession | undefined): StsError {
  switch (found?.ok === false ? found.reason : 'unknown-key') {
    case 'token-missing':
      return new StsError('MissingSecurityToken');
    case 'token-invalid':
      return new StsError('InvalidSecurityToken.Malformed');
    case 'token-of-another-key':
      return new StsError('InvalidSecurityToken.MismatchWithAccessKey');
    case 'expired':
      return new StsError('InvalidSecurityToken.Expired');
    case 'unknown-key':
      return new StsError('InvalidAccessKeyId.NotFound', { cause: `AccessKeyId=${accessKeyId}` });
  }
}

function invalidParameter(name: string): StsError {
  return new StsError('InvalidParameter', { message: `The specified parameter "${name}" is not valid.` });
}

function isStsErrorCode(code: string): code is StsErrorCode {
  return Object.hasOwn(stsErrors, code);
}
