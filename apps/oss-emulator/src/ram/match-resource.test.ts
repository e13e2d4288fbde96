import { describe, expect, it } from 'vitest';
import { matchResource } from './match-resource.ts';

const oss = (name: string) => ({ service: 'oss', region: 'cn-hangzhou', accountId: '1000000000000001', name });

describe('matchResource', () => {
  it.each([
    ['*', 'photos/a', true],
    ['acs:*', 'photos/a', true],
    ['acs:oss:*', 'photos/a', true],
    ['acs:oss:*:*:*', '*', true],
    ['acs:oss:*:*:*', 'photos', true],
    ['acs:oss:*:*:photos', 'photos', true],
    ['acs:oss:*:*:photos', 'photos/a', false],
    ['acs:oss:*:*:photos/*', 'photos', false],
    ['acs:oss:*:*:photos/*', 'photos/a/b', true],
    ['acs:oss:*:*:photos/user-1/*', 'photos/user-1/a', true],
    ['acs:oss:*:*:photos/user-1/*', 'photos/user-2/a', false],
    ['acs:oss:*:*:photos*', '*', false],
    ['acs:oss:cn-hangzhou:1000000000000001:photos', 'photos', true],
    ['acs:oss:oss-cn-hangzhou:*:photos', 'photos', true],
    ['acs:oss:cn-beijing:*:photos', 'photos', false],
    ['acs:oss:*:*:oss-photos', 'photos', false],
    ['acs:oss:*:oss-1000000000000001:photos', 'photos', false],
    ['acs:oss:*:42:photos', 'photos', false],
    ['acs:ecs:*:*:*', 'photos', false],
    ['acs:oss', 'photos', false],
    ['photos/*', 'photos/a', false],
    ['', 'photos', false],
  ])('%s against %s: %s', (pattern, name, expected) => {
    expect(matchResource(pattern, oss(name))).toBe(expected);
  });

  it('keeps colons of a key in the key', () => {
    expect(matchResource('acs:oss:*:*:photos/a:b', oss('photos/a:b'))).toBe(true);
    expect(matchResource('acs:oss:*:*:photos', oss('other/x:photos'))).toBe(false);
  });
});
