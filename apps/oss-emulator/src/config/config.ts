import { ConfigError } from './config-error.ts';
import { nearestName } from '../nearest-name.ts';
import { settings } from './settings.ts';
import type { Setting } from './settings.ts';

type Settings = typeof settings;
type SettingName = keyof Settings;
type ValueOf<Name extends SettingName> = ReturnType<Settings[Name]['parse']>;

/** Every setting, read; those without a default may be absent. */
export type EmulatorConfig = {
  readonly [Name in SettingName as Settings[Name] extends { default: string } ? Name : never]: ValueOf<Name>;
} & {
  readonly [Name in SettingName as Settings[Name] extends { default: string } ? never : Name]?: ValueOf<Name>;
};

const VARIABLE_PREFIX = 'OSS_EMULATOR_';

/**
 * Reads flags first, then variables, then defaults.
 * @returns `help` when it is asked for
 * @throws {ConfigError} for an unknown flag or `OSS_EMULATOR_…` variable and for a value that breaks its rule; one line
 * with the name and the rule, never the value
 */
export function readConfig(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): EmulatorConfig | 'help' {
  if (argv.includes('--help') || argv.includes('-h')) return 'help';
  const flags = readFlags(argv);
  refuseUnknownVariables(environment);
  const config: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries<Setting<unknown>>(settings)) {
    const fromFlag = flags.get(setting.flag);
    // An empty variable is how compose files say "not set".
    const text = fromFlag ?? (environment[setting.variable] || undefined) ?? setting.default;
    const source = fromFlag === undefined && setting.variable in environment ? setting.variable : setting.flag;
    if (text !== undefined) config[name] = parseNamed(setting, source, text);
  }
  return config as unknown as EmulatorConfig;
}

function parseNamed(setting: Setting<unknown>, source: string, text: string): unknown {
  try {
    return setting.parse(text);
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(`${source} ${error.message}`) : error;
  }
}

/** `--flag value` and `--flag=value`; a flag given again adds to the earlier one where that means something. */
function readFlags(argv: readonly string[]): Map<string, string> {
  const rows: readonly Setting<unknown>[] = Object.values(settings);
  const known = rows.map(({ flag }) => flag);
  const values = new Map<string, string>();
  const queue = [...argv];
  for (let argument = queue.shift(); argument !== undefined; argument = queue.shift()) {
    const equalsAt = argument.startsWith('--') ? argument.indexOf('=') : -1;
    const flag = equalsAt < 0 ? argument : argument.slice(0, equalsAt);
    if (!known.includes(flag)) throw unknownName('flag', flag, known);
    const value = equalsAt < 0 ? queue.shift() : argument.slice(equalsAt + 1);
    if (value === undefined) throw new ConfigError(`${flag} must have a value`);
    const earlier = values.get(flag);
    if (earlier !== undefined && rows.find((row) => row.flag === flag)?.repeatable !== true) {
      throw new ConfigError(`${flag} must be given only once`);
    }
    values.set(flag, earlier === undefined ? value : `${earlier} ${value}`);
  }
  return values;
}

function refuseUnknownVariables(environment: Readonly<Record<string, string | undefined>>): void {
  const known = Object.values(settings).map(({ variable }): string => variable);
  const unknown = Object.keys(environment).find((name) => name.startsWith(VARIABLE_PREFIX) && !known.includes(name));
  if (unknown !== undefined) throw unknownName('variable', unknown, known);
}

function unknownName(kind: string, name: string, known: readonly string[]): ConfigError {
  return new ConfigError(`unknown ${kind} ${name}; did you mean ${nearestName(name, known)}?`);
}
