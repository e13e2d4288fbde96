import { describe, expect, it } from 'vitest';
import { isAllowedAddress, isForbiddenTarget, resolveTarget } from './callback-targets.ts';

describe('where callbacks may go', () => {
  it.each([
    ['127.0.0.1', true, true, false],
    ['127.255.255.255', true, true, false],
    ['::1', true, true, false],
    ['::ffff:127.0.0.1', true, true, false],
    ['10.0.0.1', true, true, false],
    ['172.17.0.1', true, true, false],
    ['192.168.65.2', true, true, false],
    ['100.64.0.1', true, true, false],
    ['fd12::1', true, true, false],
    ['8.8.8.8', false, true, true],
    ['172.32.0.1', false, true, true],
    ['2606:4700::1111', false, true, true],
    ['169.254.169.254', false, false, false],
    ['169.254.0.1', false, false, false],
    ['::ffff:169.254.169.254', false, false, false],
    ['100.100.100.200', false, false, false],
    ['fe80::1', false, false, false],
    ['fd00:ec2::254', false, false, false],
    ['64:ff9b::a9fe:a9fe', false, false, false],
    ['0.0.0.0', false, false, false],
    ['::', false, false, false],
    ['224.0.0.1', false, false, false],
    ['255.255.255.255', false, false, false],
  ])('%s: local %s, any %s, cloud %s', (address, local, any, cloud) => {
    expect([
      isAllowedAddress(address, 'local'),
      isAllowedAddress(address, 'any'),
      isAllowedAddress(address, 'cloud'),
    ]).toEqual([local, any, cloud]);
  });

  it('goes by the address that a name stands for, however it is written', async () => {
    expect((await resolveTarget('localhost', 'local')).allowed[0]).toEqual({ address: '127.0.0.1', family: 4 });
    expect((await resolveTarget('localhost', 'cloud')).allowed).toEqual([]);
    expect((await resolveTarget('2852039166', 'any')).refused[0]?.address).toBe('169.254.169.254');
    expect((await resolveTarget('0x7f.1', 'cloud')).refused[0]?.address).toBe('127.0.0.1');
  });

  it('refuses before storing only what can be known to be refused', async () => {
    expect(await isForbiddenTarget('169.254.169.254', 'any')).toBe(true);
    expect(await isForbiddenTarget('8.8.8.8', 'local')).toBe(false);
    expect(await isForbiddenTarget('localhost', 'local')).toBe(false);
    expect(await isForbiddenTarget('localhost', 'cloud')).toBe(true);
    expect(await isForbiddenTarget('no-such-name.invalid', 'cloud')).toBe(false);
  });
});
