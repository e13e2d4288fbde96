import { ConfigError } from './config-error.ts';
import type { Account } from '../emulator-context.ts';

/**
 * `ACCOUNT:KEY-ID:SECRET`; the secret may have colons.
 * @throws {ConfigError} with the rule
 */
export function parseOtherAccount(text: string): Account {
  const [, id, accessKeyId, accessKeySecret] = /^(\d{1,20}):([\w.-]+):([\x21-\x7E]+)$/.exec(text) ?? [];
  if (id === undefined || accessKeyId === undefined || accessKeySecret === undefined) {
    throw new ConfigError('must be ACCOUNT:KEY-ID:SECRET: up to 20 digits, and a key as --access-key-id has it');
  }
  return { id, credentials: { accessKeyId, accessKeySecret } };
}
