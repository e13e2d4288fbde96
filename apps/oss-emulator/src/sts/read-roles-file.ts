import { readFile } from 'node:fs/promises';
import { ConfigError } from '../config/config-error.ts';
import type { RoleOptions } from './sts-roles.ts';

/**
 * The option `roles` from a file: JSON, a list of `{ "name", "policy", "maxSessionSeconds" }`.
 * @throws {ConfigError} for a file that cannot be read or is no list; what is in the list is checked where the option is
 */
export async function readRolesFile(path: string): Promise<readonly RoleOptions[]> {
  let roles: unknown;
  try {
    roles = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`--roles-file ${path} must be a readable JSON file: ${reason}`);
  }
  if (!Array.isArray(roles)) throw new ConfigError(`--roles-file ${path} must hold a list of roles`);
  return roles as readonly RoleOptions[];
}
