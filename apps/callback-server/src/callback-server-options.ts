import { randomBytes } from 'node:crypto';
import { type EndpointReach, endpointReach } from '@oss-callback/nestjs-oss-callback';
import { type Addressing, type Credentials, presignUrl, SigningInputError } from '@oss-callback/oss-signing';
import type { UserOf } from './auth/user-of.ts';
import type { Clock } from './clock.ts';
import { ConfigError } from './config/config-error.ts';
import type { WriteLine } from './logging/json-logger.ts';
import type { OssTarget } from './oss/oss-target.ts';

/** What `startCallbackServer` takes; everything has a default that suits an emulator on this machine. */
export interface CallbackServerOptions {
  /** Address to listen on. Default `127.0.0.1`. */
  readonly host?: string | undefined;
  /** Port to listen on. Default 0: a free one. */
  readonly port?: number | undefined;
  /** Where OSS reaches the server. Default: the listening address. */
  readonly publicUrl?: string | undefined;
  /** A Postgres server. Default: embedded. */
  readonly databaseUrl?: string | undefined;
  /** Folder of the embedded database. Default: in memory. */
  readonly dataDir?: string | undefined;
  /** Scheme and host of OSS, as uploaders reach it. Default: the emulator, `http://127.0.0.1:9280`. */
  readonly ossEndpoint?: string | undefined;
  /** How bucket and endpoint make a URL. Default: path style for loopback and private hosts, else virtual-hosted. */
  readonly ossAddressing?: Addressing | undefined;
  readonly ossRegion?: string | undefined;
  readonly ossBucket?: string | undefined;
  /** Required unless the endpoint is a loopback host. */
  readonly ossCredentials?: Credentials | undefined;
  /** Newest first, each at least 32 bytes. Required unless the endpoint is a loopback host. Default: random. */
  readonly ticketSecrets?: readonly string[] | undefined;
  /** Keys trusted beside OSS's own, URL → PEM. Refused for endpoints that may be the real OSS. */
  readonly callbackPublicKeys?: ReadonlyMap<string, string> | undefined;
  /** Whose uploads a request is about. Default: everybody is `anonymous`. */
  readonly userOf?: UserOf | undefined;
  readonly now?: Clock | undefined;
  /** Takes log lines. Default: none are written. */
  readonly log?: WriteLine | undefined;
}

/** The options, checked, with every default filled in. */
export interface CallbackServerSettings {
  readonly target: OssTarget;
  readonly ticketSecrets: readonly string[];
}

export const DEFAULT_ENDPOINT = 'http://127.0.0.1:9280';

/** The pair that the emulator takes when it listens on a loopback address; documented, so no secret. */
const DEVELOPMENT_CREDENTIALS: Credentials = {
  accessKeyId: 'emulator-access-key-id',
  accessKeySecret: 'emulator-access-key-secret',
};

/**
 * Applies the rule that development defaults end at this machine: beyond a loopback endpoint every secret has to be
 * given, and beyond private networks OSS has to be able to reach the server.
 *
 * @throws ConfigError names the setting and the rule
 */
export function resolveSettings(options: CallbackServerOptions): CallbackServerSettings {
  const endpoint = options.ossEndpoint ?? DEFAULT_ENDPOINT;
  const reach = reachOf(endpoint);
  if (reach !== 'loopback' && options.ossCredentials === undefined) {
    throw new ConfigError('OSS_ACCESS_KEY_ID', 'must be set, and its secret, unless OSS_ENDPOINT is a loopback host');
  }
  if (reach === 'public' && isDevelopmentPair(options.ossCredentials)) {
    throw new ConfigError('OSS_ACCESS_KEY_ID', 'must not be the development pair, which is public knowledge');
  }
  if (reach !== 'loopback' && options.ticketSecrets === undefined) {
    throw new ConfigError('UPLOAD_TICKET_SECRETS', 'must be set unless OSS_ENDPOINT is a loopback host');
  }
  checkPublicUrl(options.publicUrl, reach);
  const target: OssTarget = {
    endpoint,
    addressing: options.ossAddressing ?? (reach === 'public' ? 'virtual-hosted' : 'path'),
    region: options.ossRegion ?? 'cn-hangzhou',
    bucket: options.ossBucket ?? 'oss-callback-demo',
    credentials: options.ossCredentials ?? DEVELOPMENT_CREDENTIALS,
  };
  checkTarget(target);
  return { target, ticketSecrets: options.ticketSecrets ?? [randomBytes(32).toString('base64url')] };
}

const SETTING_OF_ARGUMENT: Readonly<Record<string, string>> = {
  endpoint: 'OSS_ENDPOINT',
  bucket: 'OSS_BUCKET',
  region: 'OSS_REGION',
  'credentials.accessKeyId': 'OSS_ACCESS_KEY_ID',
  'credentials.accessKeySecret': 'OSS_ACCESS_KEY_SECRET',
};

/** Signs an upload that nobody will make: what cannot be signed should end the start, not the first request. */
function checkTarget({ addressing, ...target }: OssTarget): void {
  try {
    const address = addressing === undefined ? target : { ...target, addressing };
    presignUrl({ ...address, method: 'PUT', key: 'check', expiresIn: 1, now: new Date() });
  } catch (cause) {
    if (cause instanceof SigningInputError) {
      throw new ConfigError(SETTING_OF_ARGUMENT[cause.field] ?? 'OSS_ENDPOINT', cause.rule, { cause });
    }
    throw cause;
  }
}

function reachOf(endpoint: string): EndpointReach {
  if (!URL.canParse(endpoint) || !/^https?:\/\//.test(endpoint)) {
    throw new ConfigError('OSS_ENDPOINT', 'must be an http or https URL');
  }
  return endpointReach(new URL(endpoint));
}

function isDevelopmentPair(credentials: Credentials | undefined): boolean {
  const pair = DEVELOPMENT_CREDENTIALS;
  return credentials?.accessKeyId === pair.accessKeyId || credentials?.accessKeySecret === pair.accessKeySecret;
}

/** Scheme, host, plain path: OSS signs the decoded path, and receivers disagree about `+`, `%` and the like in it. */
const PUBLIC_URL = /^https?:\/\/[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)*\/?$/;

function checkPublicUrl(publicUrl: string | undefined, reach: EndpointReach): void {
  if (publicUrl !== undefined && !(PUBLIC_URL.test(publicUrl) && URL.canParse(publicUrl))) {
    throw new ConfigError('PUBLIC_URL', 'must be http:// or https://, a host, and a path of plain segments at most');
  }
  // Otherwise OSS answers every upload 400 `Private address is forbidden to callback.` (EC 0007-00000008).
  if (reach === 'public' && (publicUrl === undefined || endpointReach(new URL(publicUrl)) !== 'public')) {
    throw new ConfigError('PUBLIC_URL', 'must be an address that OSS can reach: it calls no loopback or private host');
  }
}
