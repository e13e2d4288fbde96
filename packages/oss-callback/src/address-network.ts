import { BlockList, isIPv6 } from 'node:net';

/**
 * Where an address leads.
 *
 * - `loopback`: this machine
 * - `private`: a network that others have too
 * - `reserved`: no receiver lives there: link-local with the metadata services, multicast, translated addresses
 * - `public`: everything else
 */
export type AddressNetwork = 'loopback' | 'private' | 'reserved' | 'public';

/** 100.100.100.200 is the metadata service of Alibaba Cloud, 169.254.169.254 that of others. */
const reserved = blockList([
  '0.0.0.0/8',
  '100.100.100.200/32',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '224.0.0.0/3',
  '::/128',
  '64:ff9b::/96',
  '2002::/16',
  'fd00:ec2::254/128',
  'fe80::/10',
  'ff00::/8',
]);
const loopback = blockList(['127.0.0.0/8', '::1/128']);
const privateNetworks = blockList(['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']);

function blockList(subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [address = '', prefix] = subnet.split('/');
    list.addSubnet(address, Number(prefix), isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return list;
}

/**
 * Sorts an IP address. OSS calls `public` ones only: "Private address is forbidden to callback."
 *
 * @param address IPv4 or IPv6 as `net.isIP` takes it
 * @see https://www.alibabacloud.com/help/en/oss/user-guide/0007-00000008
 */
export function networkOfAddress(address: string): AddressNetwork {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  if (reserved.check(address, family)) {
    return 'reserved';
  }
  if (loopback.check(address, family)) {
    return 'loopback';
  }
  return privateNetworks.check(address, family) ? 'private' : 'public';
}
