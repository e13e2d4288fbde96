import { isIP } from 'node:net';
import { BUCKET_NAME_RULE, isBucketName } from './bucket-name.ts';
import { ConfigError } from './config/config-error.ts';
import type { Account } from './emulator-context.ts';
import { DEFAULT_ACCOUNT_ID, DEVELOPMENT_CREDENTIALS } from './emulator-options.ts';
import type { EmulatorOptions } from './emulator-options.ts';
import { parsePublicUrl } from './public-url.ts';

/**
 * Rules that hold whatever door the options come through.
 * @throws {ConfigError}
 */
export function checkOptions({
  host = '127.0.0.1',
  credentials,
  publicUrl,
  accountId = DEFAULT_ACCOUNT_ID,
  otherAccounts = [],
  buckets = [],
  foreignBuckets = [],
  store,
  s3,
}: EmulatorOptions): void {
  if (credentials === undefined && !isLoopback(host)) {
    throw new ConfigError(
      `host ${host} can be reached from other machines: set access key id and secret (--access-key-id, --access-key-secret)`,
    );
  }
  if (credentials !== undefined && (credentials.accessKeyId === '' || credentials.accessKeySecret === '')) {
    throw new ConfigError('access key id and secret must not be empty');
  }
  if (publicUrl !== undefined && parsePublicUrl(publicUrl) === undefined) {
    throw new ConfigError('publicUrl must be an http or https URL without a path');
  }
  const accounts = [{ id: accountId, credentials: credentials ?? DEVELOPMENT_CREDENTIALS }, ...otherAccounts];
  if (!accounts.every(({ id }) => /^\d{1,20}$/.test(id))) throw new ConfigError('accountId must be up to 20 digits');
  if (hasRepeated(accounts.map(({ id }) => id)) || hasRepeated(accounts.map(keyIdOf))) {
    throw new ConfigError('every account must have an id and an access key id of its own');
  }
  if (!buckets.every(isBucketName)) throw new ConfigError(`buckets must be names of ${BUCKET_NAME_RULE}`);
  if (!foreignBuckets.every(isBucketName)) throw new ConfigError(`foreignBuckets must be names of ${BUCKET_NAME_RULE}`);
  if (buckets.some((name) => foreignBuckets.includes(name)))
    throw new ConfigError('a bucket cannot be foreign as well');
  if (store === 's3' && s3 === undefined) {
    throw new ConfigError('store s3 needs --s3-endpoint, --s3-access-key and --s3-secret-key');
  }
}

function hasRepeated(names: readonly string[]): boolean {
  return new Set(names).size < names.length;
}

function keyIdOf({ credentials }: Account): string {
  return credentials.accessKeyId;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
