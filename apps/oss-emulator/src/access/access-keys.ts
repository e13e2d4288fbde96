import { randomBytes } from 'node:crypto';
import type { Credentials } from '@oss-callback/oss-signing';
import type { Account } from '../emulator-context.ts';
import { ossErrors } from '../errors.ts';
import type { AccountCaller, OtherAccountCaller } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { FoundSession, StsSessions } from '../sts/sts-sessions.ts';

/** The keys that one request may be signed with: those of accounts, and the one that its security token belongs to. */
export interface AccessKeys {
  /** For the verification of a signature. */
  readonly findCredentials: (accessKeyId: string) => Credentials | undefined;
  /** Whom a key that was verified belongs to. */
  callerOf(accessKeyId: string): AccountCaller | OtherAccountCaller;
  /** What is wrong with the token, once the verification has failed; `undefined` when it is not the token. */
  refusal(): OssError | undefined;
}

/** Who may sign. */
export interface KeyHolders {
  readonly account: Account;
  readonly otherAccounts: readonly Account[];
  readonly sessions: StsSessions;
}

/** Nobody can know them: the verification finds the token missing, and says where it should have been. */
const unknowable = (): string => randomBytes(32).toString('hex');

/** @param securityToken of the request's header, query or form */
export function findAccessKeys(
  { account, otherAccounts, sessions }: KeyHolders,
  securityToken: string | undefined,
  now: Date,
): AccessKeys {
  let asked: { readonly accessKeyId: string; readonly found: FoundSession } | undefined;
  const otherAccount = (accessKeyId: string): Account | undefined =>
    otherAccounts.find(({ credentials }) => credentials.accessKeyId === accessKeyId);
  return {
    findCredentials(accessKeyId) {
      if (accessKeyId === account.credentials.accessKeyId) return account.credentials;
      const other = otherAccount(accessKeyId);
      if (other !== undefined) return other.credentials;
      const found = sessions.find(accessKeyId, securityToken, now);
      asked = { accessKeyId, found };
      if (found.ok) return found.credentials;
      return found.reason === 'token-missing'
        ? { accessKeyId, accessKeySecret: unknowable(), securityToken: unknowable() }
        : undefined;
    },
    callerOf(accessKeyId) {
      if (accessKeyId === account.credentials.accessKeyId) return { kind: 'owner', accessKeyId };
      const other = otherAccount(accessKeyId);
      if (other !== undefined) return { kind: 'other-account', accessKeyId, accountId: other.id };
      if (asked?.accessKeyId !== accessKeyId || !asked.found.ok) {
        throw new OssError('InvalidAccessKeyId', { OSSAccessKeyId: accessKeyId });
      }
      return { kind: 'owner', accessKeyId, session: asked.found.session };
    },
    refusal() {
      if (asked === undefined || asked.found.ok) return undefined;
      const { reason } = asked.found;
      // Without a token it is any unknown key, and for the verification to refuse.
      return reason === 'unknown-key' && (securityToken ?? '') === ''
        ? undefined
        : tokenError(reason, asked.accessKeyId);
    },
  };
}

/**
 * A key that comes with a token is one of STS, to OSS: it looks for it among those, and a permanent one is not there.
 *
 * https://www.alibabacloud.com/help/en/oss/support/0002-00000002
 */
export function unknownToSts(accessKeyId: string): OssError {
  const { message } = ossErrors.InvalidAccessKeyId;
  return new OssError('InvalidAccessKeyId', { OSSAccessKeyId: accessKeyId }, { message, ec: '0002-00000002' });
}

/** Codes and EC: the pages of 0002-00000004, -00000006 and -00000007. */
function tokenError(
  reason: Extract<FoundSession, { ok: false }>['reason'],
  OSSAccessKeyId: string,
): OssError | undefined {
  switch (reason) {
    case 'token-invalid':
      return new OssError('InvalidSecurityToken', { OSSAccessKeyId });
    case 'token-of-another-key':
      return new OssError('AccessKeyIdAndSecurityTokenNotMatch', { OSSAccessKeyId });
    case 'expired':
      return new OssError('SecurityTokenExpired', { OSSAccessKeyId });
    case 'unknown-key':
      return unknownToSts(OSSAccessKeyId);
    case 'token-missing':
      return undefined;
  }
}
