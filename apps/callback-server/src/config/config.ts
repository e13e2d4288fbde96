import { ConfigError } from './config-error.ts';
import { type SettingName, settings, type SettingValues } from './settings.ts';

/** Variables of these families belong to this server, except those that other programs of the repository read. */
const FAMILY = /^(?:OSS|UPLOAD)_/;
const OTHER_PROGRAMS = /^OSS_(?:EMULATOR|DEMO)_/;

/**
 * Reads the environment, once. An empty variable counts as unset.
 *
 * @throws ConfigError names the variable and its rule, or the unknown variable
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): SettingValues {
  for (const name of Object.keys(env)) {
    if (FAMILY.test(name) && !OTHER_PROGRAMS.test(name) && !Object.hasOwn(settings, name)) {
      throw new ConfigError(name, 'is not a setting of this server; --help lists them');
    }
  }
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(settings) as SettingName[]) {
    const text = env[name] ?? '';
    if (text === '') {
      continue;
    }
    const parsed = settings[name].schema.safeParse(text);
    if (!parsed.success) {
      throw new ConfigError(name, settings[name].rule);
    }
    values[name] = parsed.data;
  }
  const config = values as SettingValues;
  if ((config.OSS_ACCESS_KEY_ID === undefined) !== (config.OSS_ACCESS_KEY_SECRET === undefined)) {
    const missing = config.OSS_ACCESS_KEY_ID === undefined ? 'OSS_ACCESS_KEY_ID' : 'OSS_ACCESS_KEY_SECRET';
    throw new ConfigError(missing, 'must be set as well: id and secret are a pair');
  }
  return config;
}
