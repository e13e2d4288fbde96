import { describe, expect, it } from 'vitest';

import { networkOfAddress } from './address-network.ts';

describe('networkOfAddress', () => {
  it.each([
    ['loopback', ['127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1']],
    ['private', ['10.0.0.1', '172.16.0.1', '192.168.1.1', '100.64.0.1', '::ffff:10.0.0.1', 'fd00::1', 'fec0::1']],
    ['reserved', ['0.0.0.0', '169.254.169.254', '100.100.100.200', '224.0.0.1', '255.255.255.255', '::', 'fe80::1']],
    ['reserved', ['::ffff:169.254.169.254', '::ffff:a9fe:a9fe', '::ffff:100.100.100.200', 'fd00:ec2::254', 'ff02::1']],
    // What stands for an IPv4 address behind a translator or in a tunnel.
    ['reserved', ['::127.0.0.1', '::ffff:0:127.0.0.1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::a00:1', '2002:a00:1::']],
    ['reserved', ['2001:0:a00:1::1']],
    ['public', ['8.8.8.8', '100.128.0.1', '172.32.0.1', '::ffff:8.8.8.8', '2001:4860:4860::8888', '2606:4700::1']],
  ])('counts as %s: %j', (network, addresses) => {
    expect(addresses.map(networkOfAddress)).toEqual(addresses.map(() => network));
  });
});
