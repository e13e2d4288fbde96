import { createHash } from 'node:crypto';
import { ConfigError } from '../config/config-error.ts';
import { parseRamPolicy } from '../ram/parse-ram-policy.ts';
import type { RamPolicy } from '../ram/ram-policy.ts';

/** A role as whoever starts the emulator describes it. */
export interface RoleOptions {
  /** Of `acs:ram::ACCOUNT:role/NAME`. */
  readonly name: string;
  /** What its sessions may do: a RAM policy as text or object; everything unless given. */
  readonly policy?: string | object;
  /** 3600 to 43200; 43200 unless given. */
  readonly maxSessionSeconds?: number;
}

export interface StsRole {
  /** `undefined`: everything. */
  readonly policy: RamPolicy | undefined;
  readonly maxSessionSeconds: number;
}

export interface StsRoles {
  /** `undefined` when there is no such role. */
  find(name: string): StsRole | undefined;
}

/** RAM's own limits of `MaxSessionDuration`. */
const MIN_MAX_SESSION_SECONDS = 3600;
const MAX_MAX_SESSION_SECONDS = 43_200;
const ROLE_NAME = /^[\w.@-]{1,64}$/;

const ANY_ROLE: StsRole = { policy: undefined, maxSessionSeconds: MAX_MAX_SESSION_SECONDS };

/**
 * Without `roles` every role exists and may do everything, so that code with the name of a real role works as it is.
 * @throws {ConfigError} for a role that breaks a rule
 */
export function createStsRoles(roles: readonly RoleOptions[] | undefined): StsRoles {
  if (roles === undefined) return { find: () => ANY_ROLE };
  const known = new Map(
    roles.map((role) => {
      const read = readRole(role);
      return [role.name, read];
    }),
  );
  return { find: (name) => known.get(name) };
}

const MEMBERS: readonly string[] = ['name', 'policy', 'maxSessionSeconds'] satisfies Array<keyof RoleOptions>;

/** They may come from a file. */
function readRole(role: RoleOptions): StsRole {
  if (typeof role !== 'object' || role === null) throw new ConfigError('roles: a role must be an object with a name');
  const unknown = Object.keys(role).find((member) => !MEMBERS.includes(member));
  if (unknown !== undefined) throw new ConfigError(`roles: a role must not have ${unknown}`);
  const { name, policy, maxSessionSeconds = MAX_MAX_SESSION_SECONDS } = role;
  if (typeof name !== 'string' || !ROLE_NAME.test(name)) {
    throw new ConfigError('roles: name must be 1 to 64 letters, digits, ".", "_", "@" and "-"');
  }
  if (!(maxSessionSeconds >= MIN_MAX_SESSION_SECONDS && maxSessionSeconds <= MAX_MAX_SESSION_SECONDS)) {
    throw new ConfigError(`roles: maxSessionSeconds of ${name} must be from 3600 to 43200`);
  }
  if (policy === undefined) return { policy: undefined, maxSessionSeconds };
  const parsed = parseRamPolicy(typeof policy === 'string' ? policy : JSON.stringify(policy));
  if (!parsed.ok) throw new ConfigError(`roles: policy of ${name}: ${parsed.rule}`);
  return { policy: parsed.policy, maxSessionSeconds };
}

/** RAM gives every role a number; here it follows from the name. */
export function roleIdOf(roleName: string): string {
  const number = createHash('sha256').update(roleName).digest().readBigUInt64BE() % 10n ** 17n;
  return `3${String(number).padStart(17, '0')}`;
}
