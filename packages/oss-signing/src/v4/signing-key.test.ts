import { describe, expect, it } from 'vitest';
import { cachedSigningKey, signingKey } from './signing-key.ts';

const scope = { signDate: '20260115', region: 'cn-hangzhou', product: 'oss' };

describe('cachedSigningKey', () => {
  it('is the derived key, for more secrets, days, regions and products than it remembers, in any order', () => {
    const scopes = [...Array(100).keys()].flatMap((n) => [
      { ...scope, signDate: String(20_260_000 + n) },
      { ...scope, region: `region-${n}` },
      { ...scope, product: `product-${n}` },
    ]);
    for (const each of [...scopes, ...scopes.toReversed()]) {
      for (const secret of ['one', 'two']) {
        expect(cachedSigningKey(secret, each).export()).toEqual(signingKey(secret, each));
      }
    }
  });

  it('forgets the oldest of more than 64 keys, so that many secrets cannot fill the memory', () => {
    const first = cachedSigningKey('first', scope);
    for (let n = 0; n < 63; n += 1) {
      cachedSigningKey(`secret-${n}`, scope);
    }
    expect(cachedSigningKey('first', scope)).toBe(first);
    cachedSigningKey('one more', scope);
    expect(cachedSigningKey('first', scope)).not.toBe(first);
  });

  it('does not derive a key twice in a row', () => {
    expect(cachedSigningKey('secret', scope)).toBe(cachedSigningKey('secret', { ...scope }));
  });
});
