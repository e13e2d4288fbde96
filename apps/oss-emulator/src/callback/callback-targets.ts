import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { networkOfAddress } from '@oss-callback/oss-callback';
import type { AddressNetwork } from '@oss-callback/oss-callback';

/**
 * Where callbacks may go. An emulator that anybody with the documented credentials can tell to send POST requests must
 * not become a way into other networks.
 *
 * - `local`: loopback and private networks, which is where receivers run during development
 * - `any`: public addresses too
 * - `cloud`: as OSS, public addresses only; a private one is refused before the object is stored
 */
export const callbackTargetPolicies = ['local', 'any', 'cloud'] as const;

export type CallbackTargetPolicy = (typeof callbackTargetPolicies)[number];

const ALLOWED: Readonly<Record<CallbackTargetPolicy, readonly AddressNetwork[]>> = {
  local: ['loopback', 'private'],
  any: ['loopback', 'private', 'public'],
  cloud: ['public'],
};

export interface TargetAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** What a host name stands for, as far as callbacks may go there. */
export interface ResolvedTarget {
  /** IPv4 first, as OSS knows nothing else. */
  readonly allowed: readonly TargetAddress[];
  readonly refused: readonly TargetAddress[];
}

/**
 * Looks the name up and sorts its addresses. Who connects has to use these very addresses: a second look-up could answer
 * differently.
 * @throws what `dns.lookup` throws
 */
export async function resolveTarget(hostName: string, policy: CallbackTargetPolicy): Promise<ResolvedTarget> {
  const allowed: TargetAddress[] = [];
  const refused: TargetAddress[] = [];
  for (const target of await addressesOf(hostName)) {
    (isAllowedAddress(target.address, policy) ? allowed : refused).push(target);
  }
  return { allowed, refused };
}

async function addressesOf(hostName: string): Promise<TargetAddress[]> {
  const family = isIP(hostName);
  if (family === 4 || family === 6) return [{ address: hostName, family }];
  const found = await lookup(hostName, { all: true, order: 'ipv4first' });
  return found.map((entry) => ({ address: entry.address, family: entry.family === 6 ? 6 : 4 }));
}

export function isAllowedAddress(address: string, policy: CallbackTargetPolicy): boolean {
  return ALLOWED[policy].includes(networkOfAddress(address));
}

/** How long a look-up before storing may take; a name that is still unknown then fails when the callback is sent. */
const PRECHECK_TIMEOUT_MS = 1000;

/**
 * Whether OSS would refuse the target before it stores the object ("Private address is forbidden to callback."). Outside
 * `cloud` only addresses where no receiver can be are refused so early, and names are not looked up for it.
 */
export async function isForbiddenTarget(hostName: string, policy: CallbackTargetPolicy): Promise<boolean> {
  if (isIP(hostName) !== 0) {
    const network = networkOfAddress(hostName);
    return network === 'reserved' || (policy === 'cloud' && network !== 'public');
  }
  if (policy !== 'cloud') return false;
  const giveUp = new AbortController();
  const unknown = setTimeout(PRECHECK_TIMEOUT_MS, [], { signal: giveUp.signal, ref: false });
  try {
    const addresses = await Promise.race([addressesOf(hostName), unknown]);
    return addresses.some(({ address }) => !isAllowedAddress(address, policy));
  } catch {
    return false;
  } finally {
    giveUp.abort();
    unknown.catch(() => undefined);
  }
}
