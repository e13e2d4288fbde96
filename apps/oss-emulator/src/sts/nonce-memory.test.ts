import { describe, expect, it } from 'vitest';
import { createNonceMemory } from './nonce-memory.ts';

const START = Date.parse('2026-11-24T10:00:00Z');
const at = (minutes: number): Date => new Date(START + minutes * 60_000);

describe('the memory of nonces', () => {
  it('takes a nonce once a key', () => {
    const nonces = createNonceMemory();
    expect(nonces.use('a', 'n', at(0), at(0))).toBe(true);
    expect(nonces.use('a', 'n', at(0), at(1))).toBe(false);
    expect(nonces.use('b', 'n', at(0), at(1))).toBe(true);
    expect(nonces.use('a', 'm', at(0), at(1))).toBe(true);
  });

  it('remembers it as long as the same request would be in time', () => {
    const nonces = createNonceMemory();
    nonces.use('a', 'now', at(0), at(0));
    nonces.use('a', 'ahead', at(14), at(0));
    expect(nonces.use('a', 'now', at(0), at(15))).toBe(false);
    expect(nonces.use('a', 'now', at(15), at(16))).toBe(true);
    expect(nonces.use('a', 'ahead', at(14), at(29))).toBe(false);
    expect(nonces.use('a', 'ahead', at(14), at(30))).toBe(true);
  });

  it('forgets the oldest when there are too many', () => {
    const nonces = createNonceMemory();
    for (let count = 0; count <= 20_000; count += 1) nonces.use('a', String(count), at(0), at(0));
    expect(nonces.use('a', '20000', at(0), at(0))).toBe(false);
    expect(nonces.use('a', '1', at(0), at(0))).toBe(false);
    expect(nonces.use('a', '0', at(0), at(0))).toBe(true);
  });
});
