import { BUCKET_NAME_RULE, isBucketName } from '../bucket-name.ts';
import { ConfigError } from './config-error.ts';
import { parseCallbackRoute } from '../callback/callback-routes.ts';
import { callbackTargetPolicies } from '../callback/callback-targets.ts';
import { DEFAULT_ACCOUNT_ID } from '../emulator-options.ts';
import { parseFault } from '../faults/fault-rules.ts';
import { parseOtherAccount } from './parse-other-account.ts';
import { parsePublicUrl } from '../public-url.ts';
import { objectStores } from '../store/object-stores.ts';
import type { ObjectStoreName } from '../store/object-stores.ts';

/** A row of the table of settings. */
export interface Setting<Value> {
  readonly flag: string;
  readonly variable: string;
  /** What stands behind the flag in `--help`. */
  readonly argument: string;
  readonly doc: string;
  /** As one would write it; absent where there is none. */
  readonly default?: string;
  /** What stands in for an absent default in `--help`. */
  readonly defaultDoc?: string;
  /** The flag may be given several times; the variable then holds them separated by blanks. */
  readonly repeatable?: true;
  /** @throws {ConfigError} with the rule; the caller knows the name */
  readonly parse: (text: string) => Value;
}

export const settings = {
  host: {
    flag: '--host',
    variable: 'OSS_EMULATOR_HOST',
    argument: 'NAME',
    default: '127.0.0.1',
    doc: 'address to listen on; any but a loopback address needs explicit credentials',
    parse: matching(/^[A-Za-z0-9.:_-]+$/, 'must be an IP address or a host name'),
  },
  port: {
    flag: '--port',
    variable: 'OSS_EMULATOR_PORT',
    argument: 'NUMBER',
    default: '9280',
    doc: 'TCP port; 0 picks a free one',
    parse: (text: string) => {
      if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
        throw new ConfigError('must be a whole number from 0 to 65535');
      return Number(text);
    },
  },
  store: {
    flag: '--store',
    variable: 'OSS_EMULATOR_STORE',
    argument: 'KIND',
    default: 'file',
    doc: 'where buckets and objects are kept: memory, file or s3',
    parse: oneOf(Object.keys(objectStores) as ObjectStoreName[]),
  },
  dataDir: {
    flag: '--data-dir',
    variable: 'OSS_EMULATOR_DATA_DIR',
    argument: 'PATH',
    default: '.oss-emulator',
    doc: 'directory of the file store, and of the key that callbacks are signed and the secret that sessions are sealed with',
    parse: notEmpty,
  },
  s3Endpoint: {
    flag: '--s3-endpoint',
    variable: 'OSS_EMULATOR_S3_ENDPOINT',
    argument: 'URL',
    doc: 'S3 server of --store s3, such as http://127.0.0.1:9000',
    parse: notEmpty,
  },
  s3AccessKey: {
    flag: '--s3-access-key',
    variable: 'OSS_EMULATOR_S3_ACCESS_KEY',
    argument: 'TEXT',
    doc: 'access key at the S3 server',
    parse: notEmpty,
  },
  s3SecretKey: {
    flag: '--s3-secret-key',
    variable: 'OSS_EMULATOR_S3_SECRET_KEY',
    argument: 'TEXT',
    doc: 'secret key at the S3 server',
    parse: notEmpty,
  },
  s3Region: {
    flag: '--s3-region',
    variable: 'OSS_EMULATOR_S3_REGION',
    argument: 'NAME',
    doc: 'region of the S3 server',
    parse: notEmpty,
  },
  region: {
    flag: '--region',
    variable: 'OSS_EMULATOR_REGION',
    argument: 'NAME',
    default: 'cn-hangzhou',
    doc: 'the region V4 signatures must name, without "oss-"',
    parse: matching(/^(?!oss-)[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be a region id such as cn-hangzhou, without "oss-"'),
  },
  accessKeyId: {
    flag: '--access-key-id',
    variable: 'OSS_EMULATOR_ACCESS_KEY_ID',
    argument: 'TEXT',
    defaultDoc: 'emulator-access-key-id',
    doc: 'the AccessKey ID that requests are signed for',
    parse: matching(/^[\w.-]+$/, 'must be letters, digits, ".", "_" and "-"'),
  },
  accessKeySecret: {
    flag: '--access-key-secret',
    variable: 'OSS_EMULATOR_ACCESS_KEY_SECRET',
    argument: 'TEXT',
    defaultDoc: 'emulator-access-key-secret',
    doc: 'its secret',
    parse: matching(/^[\x21-\x7E]+$/, 'must be printable ASCII without blanks'),
  },
  accountId: {
    flag: '--account-id',
    variable: 'OSS_EMULATOR_ACCOUNT_ID',
    argument: 'NUMBER',
    default: DEFAULT_ACCOUNT_ID,
    doc: 'the Alibaba Cloud account that owns every bucket',
    parse: matching(/^\d{1,20}$/, 'must be up to 20 digits'),
  },
  otherAccounts: {
    flag: '--other-account',
    variable: 'OSS_EMULATOR_OTHER_ACCOUNTS',
    argument: 'ACCOUNT:KEY-ID:SECRET',
    defaultDoc: 'none; the variable takes several, separated by blanks',
    repeatable: true,
    doc: 'an account that owns no bucket and may use those that policies and ACLs open to it; repeatable',
    parse: (text: string) =>
      text.split(/\s+/).flatMap((account) => (account === '' ? [] : [parseOtherAccount(account)])),
  },
  buckets: {
    flag: '--bucket',
    variable: 'OSS_EMULATOR_BUCKETS',
    argument: 'NAME',
    defaultDoc: 'none; the variable takes several, separated by blanks',
    repeatable: true,
    doc: 'a private bucket that is created at the start unless it is there; repeatable',
    parse: bucketNames,
  },
  foreignBuckets: {
    flag: '--foreign-bucket',
    variable: 'OSS_EMULATOR_FOREIGN_BUCKETS',
    argument: 'NAME',
    defaultDoc: 'oss-attachment; the variable takes several, separated by blanks',
    repeatable: true,
    doc: "a bucket that is somebody else's: its name is taken, its use is refused; repeatable",
    parse: bucketNames,
  },
  publicUrl: {
    flag: '--public-url',
    variable: 'OSS_EMULATOR_PUBLIC_URL',
    argument: 'URL',
    defaultDoc: 'the listening address',
    doc: 'where clients and receivers reach the emulator; may be changed while it runs',
    parse: (text: string) => {
      const url = parsePublicUrl(text);
      if (url === undefined) throw new ConfigError('must be an http or https URL without a path');
      return url;
    },
  },
  callbackTargets: {
    flag: '--callback-targets',
    variable: 'OSS_EMULATOR_CALLBACK_TARGETS',
    argument: 'POLICY',
    default: 'local',
    doc: 'where callbacks may go, and objects be fetched from: local (loopback and private networks), any, cloud (as OSS: no private address)',
    parse: oneOf(callbackTargetPolicies),
  },
  callbackRoutes: {
    flag: '--callback-route',
    variable: 'OSS_EMULATOR_CALLBACK_ROUTES',
    argument: 'FROM=TO',
    defaultDoc: 'none; the variable takes several, separated by blanks',
    repeatable: true,
    doc: 'callbacks for origin FROM are connected to origin TO; repeatable',
    parse: (text: string) => {
      const routes = text.split(/\s+/).filter((route) => route !== '');
      if (!routes.every((route) => parseCallbackRoute(route) !== undefined)) {
        throw new ConfigError('must be FROM=TO, two origins such as http://app.example.com');
      }
      return routes;
    },
  },
  rolesFile: {
    flag: '--roles-file',
    variable: 'OSS_EMULATOR_ROLES_FILE',
    argument: 'PATH',
    defaultDoc: 'every role exists and may do everything',
    doc: 'RAM roles that AssumeRole finds: a JSON list of {"name", "policy", "maxSessionSeconds"}',
    parse: notEmpty,
  },
  faults: {
    flag: '--fault',
    variable: 'OSS_EMULATOR_FAULTS',
    argument: 'NAME[:TIMES]',
    defaultDoc: 'none; the variable takes several, separated by blanks',
    repeatable: true,
    doc: 'what goes wrong from the start, for the next TIMES requests or all; names: docs/configuration.md; repeatable',
    parse: (text: string) => text.split(/\s+/).flatMap((name) => (name === '' ? [] : [parseFault(name)])),
  },
  addressing: {
    flag: '--addressing',
    variable: 'OSS_EMULATOR_ADDRESSING',
    argument: 'MODE',
    default: 'any',
    doc: 'any, or strict: path style is refused as OSS refuses it',
    parse: oneOf(['any', 'strict'] as const),
  },
} as const satisfies Record<string, Setting<unknown>>;

function notEmpty(text: string): string {
  if (text.trim() === '') throw new ConfigError('must not be empty');
  return text;
}

function matching(pattern: RegExp, rule: string): (text: string) => string {
  return (text) => {
    if (!pattern.test(text)) throw new ConfigError(rule);
    return text;
  };
}

function bucketNames(text: string): readonly string[] {
  const names = text.split(/\s+/).filter((name) => name !== '');
  if (!names.every(isBucketName)) throw new ConfigError(`must be bucket names: ${BUCKET_NAME_RULE}`);
  return names;
}

function oneOf<const Value extends string>(values: readonly Value[]): (text: string) => Value {
  return (text) => {
    const value = values.find((candidate) => candidate === text);
    if (value === undefined) throw new ConfigError(`must be one of ${values.join(', ')}`);
    return value;
  };
}
