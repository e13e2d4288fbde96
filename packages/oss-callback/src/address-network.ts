import { BlockList, isIPv6 } from 'node:net';

/**
 * Where an address leads.
 *
 * - `loopback`: this machine
 * - `private`: a network that others have too
 * - `reserved`: no receiver lives there: link-local with the metadata services, multicast, and IPv6 addresses that stand for
 *   IPv4 ones, other than the plain `::ffff:1.2.3.4`, which is where its IPv4 address is
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
  '::/96',
  '::ffff:0:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '2001::/32',
  '2002::/16',
  'fd00:ec2::254/128',
  'fe80::/10',
  'ff00::/8',
]);
const loopback = blockList(['127.0.0.0/8', '::1/128']);
const privateNetworks = blockList([
  '10.0.0.0/8',
  '100.64.0.0/10',
  '172.16.0.0/12',
  '192.168.0.0/16',
  'fc00::/7',
  'fec0::/10',
]);

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
  // First, for `::1` lies among the reserved ones.
  if (loopback.check(address, family)) {
    return 'loopback';
  }
  if (reserved.check(address, family)) {
    return 'reserved';
  }
  return privateNetworks.check(address, family) ? 'private' : 'public';
}
