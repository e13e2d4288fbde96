import { BlockList, isIP } from 'node:net';
import { matchWildcards } from '../match-wildcards.ts';

/**
 * @param range an address, a CIDR block, or an address with `*` in it, which OSS's RAM pages allow for `acs:SourceIp`
 * @returns `false` for what is neither, as for another address
 */
export function matchIpRange(address: string, range: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  if (range.includes('*')) return matchWildcards(range, address);
  const [network = '', prefixText] = range.split('/', 2);
  if (isIP(network) !== family) return false;
  const bits = family === 4 ? 32 : 128;
  const prefix = prefixText === undefined ? bits : /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : -1;
  if (prefix < 0 || prefix > bits) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const block = new BlockList();
  block.addSubnet(network, prefix, type);
  return block.check(address, type);
}
