import { ConfigError } from '../config/config-error.ts';
import { nearestName } from '../nearest-name.ts';
import { faultProfiles, isFaultProfile } from './fault-profiles.ts';
import type { Fault } from './faults.ts';

const MAX_TIMES = 1_000_000;
/** Longer than any client waits. */
const MAX_DELAY_MS = 600_000;
const MAX_TEXT_CHARACTERS = 1024;
const MEMBERS: readonly string[] = ['profile', 'bucket', 'keyPrefix', 'operation', 'times', 'delayMs'] satisfies Array<
  keyof Fault
>;

/**
 * Whoever sends it, JSON of the control API included.
 * @throws {ConfigError} that names the member and the rule
 */
export function checkFault(value: unknown): Fault {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ConfigError('a fault must be an object with a profile');
  }
  const fault = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(fault).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) {
    throw new ConfigError(`a fault must not have ${unknown}; did you mean ${nearestName(unknown, MEMBERS)}?`);
  }
  const { profile, times, delayMs } = fault;
  if (typeof profile !== 'string') throw new ConfigError('profile must be the name of a fault profile');
  if (!isFaultProfile(profile)) {
    const names = Object.keys(faultProfiles);
    throw new ConfigError(`unknown fault profile ${profile}; did you mean ${nearestName(profile, names)}?`);
  }
  for (const name of ['bucket', 'keyPrefix', 'operation']) {
    const text = fault[name];
    if (text !== undefined && (typeof text !== 'string' || text === '' || text.length > MAX_TEXT_CHARACTERS)) {
      throw new ConfigError(`${name} must be a text of 1 to ${MAX_TEXT_CHARACTERS} characters`);
    }
  }
  if (times !== undefined && !isWholeNumber(times, 1, MAX_TIMES)) {
    throw new ConfigError(`times must be a whole number from 1 to ${MAX_TIMES}`);
  }
  if (delayMs !== undefined && (profile !== 'store-slow' || !isWholeNumber(delayMs, 0, MAX_DELAY_MS))) {
    throw new ConfigError(`delayMs must be a whole number from 0 to ${MAX_DELAY_MS}, and is for store-slow only`);
  }
  return { ...(value as Fault) };
}

function isWholeNumber(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}

/**
 * `NAME`, or `NAME:TIMES` for the next so many only.
 * @throws {ConfigError}
 */
export function parseFault(text: string): Fault {
  const [profile = '', times, ...rest] = text.split(':');
  if (rest.length > 0 || (times !== undefined && !/^\d{1,7}$/.test(times))) {
    throw new ConfigError('must be the name of a fault profile, or NAME:TIMES');
  }
  return checkFault({ profile, ...(times === undefined ? {} : { times: Number(times) }) });
}
