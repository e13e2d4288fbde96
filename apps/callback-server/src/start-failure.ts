import { OssCallbackConfigError } from '@oss-callback/nestjs-oss-callback';
import { ConfigError } from './config/config-error.ts';

const SETTING_OF_OPTION: Readonly<Record<string, string>> = {
  ticketSecrets: 'UPLOAD_TICKET_SECRETS',
  ossEndpoint: 'OSS_ENDPOINT',
  extraPublicKeys: 'OSS_CALLBACK_PUBLIC_KEYS',
  externalPathPrefix: 'PUBLIC_URL',
};

const LISTEN_FAILURES: Readonly<Record<string, readonly [setting: string, rule: string]>> = {
  EACCES: ['PORT', 'must be a port that this user may listen on'],
  EADDRINUSE: ['PORT', 'must be free: another program listens on it'],
  EADDRNOTAVAIL: ['HOST', 'must be an address of this machine'],
  ENOTFOUND: ['HOST', 'must be an address of this machine'],
};

/** Names the setting behind an error of the start, where there is one. */
export function startFailure(error: unknown): unknown {
  if (error instanceof OssCallbackConfigError) {
    return new ConfigError(SETTING_OF_OPTION[error.option] ?? error.option, error.rule, { cause: error });
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const failure = LISTEN_FAILURES[code];
  return failure === undefined ? error : new ConfigError(...failure, { cause: error });
}
