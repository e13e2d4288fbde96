import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Credentials } from '@oss-callback/oss-signing';
import { parseRamPolicy } from '../ram/parse-ram-policy.ts';
import type { RamPolicy } from '../ram/ram-policy.ts';

/** What AssumeRole grants. */
export interface SessionGrant {
  readonly roleArn: string;
  readonly roleName: string;
  readonly sessionName: string;
  /** The session policy as it was sent; `undefined` for all that the role may do. */
  readonly policy: string | undefined;
  /** To the second. */
  readonly expiresAt: Date;
}

/** A session as its token tells it. */
export interface StsSession extends Omit<SessionGrant, 'policy'> {
  readonly policy: RamPolicy | undefined;
}

/** Credentials of a session always have their token. */
export type SessionCredentials = Credentials & { readonly securityToken: string };

export type FoundSession =
  | { readonly ok: true; readonly credentials: SessionCredentials; readonly session: StsSession }
  /** No key of ours: made up, or of another secret. */
  | { readonly ok: false; readonly reason: 'unknown-key' }
  | { readonly ok: false; readonly reason: 'token-missing' | 'token-invalid' | 'token-of-another-key' | 'expired' };

export interface StsSessions {
  issue(grant: SessionGrant): SessionCredentials;
  /** @param securityToken of the request; empty counts as missing */
  find(accessKeyId: string, securityToken: string | undefined, now: Date): FoundSession;
}

const KEY_PREFIX = 'STS.N';
const KEY_RANDOM_CHARACTERS = 12;
const KEY_CHECK_CHARACTERS = 12;
/** Tokens of STS begin with `CAIS`, which are these bytes in Base64. */
const TOKEN_PREFIX = Buffer.from('CAIS', 'base64');
const IV_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

/**
 * Sessions that are kept nowhere: the token is the session, sealed; the AccessKey secret follows from the AccessKey ID; and
 * the id carries a check of its own, so that a made-up one is unknown. Any number of them takes no memory, and they hold
 * as long as the secret does.
 */
export function createStsSessions(secret: Uint8Array): StsSessions {
  const keyOf = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  const checkKey = keyOf('access-key-id');
  const secretKey = keyOf('access-key-secret');
  const tokenKey = keyOf('security-token');

  const idOf = (random: string): string => {
    const check = createHmac('sha256', checkKey).update(random).digest();
    return `${KEY_PREFIX}${random}${letters(check).slice(0, KEY_CHECK_CHARACTERS)}`;
  };
  const credentialsOf = (accessKeyId: string, securityToken: string): SessionCredentials => {
    const accessKeySecret = letters(createHmac('sha512', secretKey).update(accessKeyId).digest()).slice(0, 44);
    return { accessKeyId, accessKeySecret, securityToken };
  };

  return {
    issue(grant) {
      const accessKeyId = idOf(letters(randomBytes(KEY_RANDOM_CHARACTERS)));
      return credentialsOf(accessKeyId, seal({ ...grant, accessKeyId }, tokenKey));
    },
    find(accessKeyId, securityToken, now) {
      if (accessKeyId !== idOf(randomPartOf(accessKeyId))) return { ok: false, reason: 'unknown-key' };
      if (securityToken === undefined || securityToken === '') return { ok: false, reason: 'token-missing' };
      const token = open(securityToken, tokenKey);
      if (token === undefined) return { ok: false, reason: 'token-invalid' };
      if (token.accessKeyId !== accessKeyId) return { ok: false, reason: 'token-of-another-key' };
      const session = sessionOf(token);
      if (session.expiresAt.getTime() <= now.getTime()) return { ok: false, reason: 'expired' };
      return { ok: true, credentials: credentialsOf(accessKeyId, securityToken), session };
    },
  };
}

/** What a token holds. */
type SealedSession = SessionGrant & { readonly accessKeyId: string };

function seal(session: SealedSession, key: Buffer): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(TOKEN_PREFIX);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(session), 'utf8'), cipher.final()]);
  return Buffer.concat([TOKEN_PREFIX, iv, sealed, cipher.getAuthTag()]).toString('base64');
}

/** @returns `undefined` for everything that {@link seal} did not make, Base64 in another spelling included */
function open(token: string, key: Buffer): SealedSession | undefined {
  const bytes = Buffer.from(token, 'base64');
  const sealedAt = TOKEN_PREFIX.length + IV_BYTES;
  const tagAt = bytes.length - TAG_BYTES;
  if (tagAt < sealedAt || bytes.toString('base64') !== token) return undefined;
  try {
    const iv = bytes.subarray(TOKEN_PREFIX.length, sealedAt);
    const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(bytes.subarray(0, TOKEN_PREFIX.length)).setAuthTag(bytes.subarray(tagAt));
    const text = Buffer.concat([decipher.update(bytes.subarray(sealedAt, tagAt)), decipher.final()]).toString('utf8');
    return JSON.parse(text, (name, value: unknown) =>
      name === 'expiresAt' ? new Date(String(value)) : value,
    ) as SealedSession;
  } catch {
    return undefined;
  }
}

function sessionOf({ policy, roleArn, roleName, sessionName, expiresAt }: SealedSession): StsSession {
  return { roleArn, roleName, sessionName, expiresAt, policy: policy === undefined ? undefined : readPolicy(policy) };
}

/** It was checked before it was sealed. Should the language have become stricter since, the session may do nothing. */
function readPolicy(text: string): RamPolicy {
  const parsed = parseRamPolicy(text);
  return parsed.ok ? parsed.policy : { statements: [] };
}

function randomPartOf(accessKeyId: string): string {
  return accessKeyId.slice(KEY_PREFIX.length, KEY_PREFIX.length + KEY_RANDOM_CHARACTERS);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** One letter or digit a byte; the first few of the alphabet come a little more often, which a key of 44 can bear. */
function letters(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
