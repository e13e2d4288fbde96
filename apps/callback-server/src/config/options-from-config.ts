import { endpointReach } from '@oss-callback/nestjs-oss-callback';
import { type CallbackServerOptions, DEFAULT_ENDPOINT } from '../callback-server-options.ts';
import { JsonLogger, type WriteLine } from '../logging/json-logger.ts';
import { collectPublicKeys, fetchEmulatorKey } from './collect-public-keys.ts';
import { keptTicketSecret } from './kept-ticket-secret.ts';
import type { SettingValues } from './settings.ts';

const DEFAULT_PORT = 3_280;
const DEFAULT_DATA_DIR = '.callback-server';

/**
 * Turns settings into the options of the server. On the way it makes what development needs and says so in the log: a
 * ticket secret in `DATA_DIR`, and the key of the emulator.
 *
 * @throws ConfigError names the setting
 */
export async function optionsFromConfig(config: SettingValues, log: WriteLine): Promise<CallbackServerOptions> {
  const logger = new JsonLogger(log);
  const endpoint = config.OSS_ENDPOINT ?? DEFAULT_ENDPOINT;
  const reach = endpointReach(new URL(endpoint));
  const dataDir = config.DATA_DIR ?? DEFAULT_DATA_DIR;

  let ticketSecrets = config.UPLOAD_TICKET_SECRETS;
  if (ticketSecrets === undefined && reach === 'loopback') {
    const { secret, isNew } = await keptTicketSecret(dataDir);
    logger.log(`UPLOAD_TICKET_SECRETS is unset: using a secret ${isNew ? 'made now' : 'kept'} in DATA_DIR`, 'Config');
    ticketSecrets = [secret];
  }
  let callbackPublicKeys: ReadonlyMap<string, string> | undefined;
  if (config.OSS_CALLBACK_PUBLIC_KEYS !== undefined) {
    callbackPublicKeys = await collectPublicKeys(config.OSS_CALLBACK_PUBLIC_KEYS);
  } else if (reach !== 'public') {
    callbackPublicKeys = await fetchEmulatorKey(endpoint);
    logger.log(`fetched the callback key of the emulator at ${endpoint}`, 'Config');
  }
  if (config.HOST !== undefined && !isLoopback(config.HOST)) {
    logger.warn('HOST is not a loopback address and everybody is one user: put authentication in front', 'Config');
  }
  return {
    host: config.HOST,
    port: config.PORT ?? DEFAULT_PORT,
    publicUrl: config.PUBLIC_URL,
    databaseUrl: config.DATABASE_URL,
    dataDir,
    ossEndpoint: endpoint,
    ossAddressing: config.OSS_ADDRESSING,
    ossRegion: config.OSS_REGION,
    ossBucket: config.OSS_BUCKET,
    ossCredentials: credentialsFrom(config),
    ticketSecrets,
    callbackPublicKeys,
    log,
  };
}

function credentialsFrom(config: SettingValues): CallbackServerOptions['ossCredentials'] {
  const { OSS_ACCESS_KEY_ID: accessKeyId, OSS_ACCESS_KEY_SECRET: accessKeySecret, OSS_SECURITY_TOKEN: token } = config;
  return accessKeyId === undefined || accessKeySecret === undefined
    ? undefined
    : { accessKeyId, accessKeySecret, ...(token === undefined ? {} : { securityToken: token }) };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
