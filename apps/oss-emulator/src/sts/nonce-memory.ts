/** Twice the 15 minutes by which a request's time may differ: later its time refuses it anyway. */
const KEPT_MS = 30 * 60_000;
const MAX_NONCES = 20_000;

/** Which nonces have been used, per key, as long as a request with them could still be accepted; bounded. */
export interface NonceMemory {
  /** @returns `false` when the key has used the nonce before */
  use(accessKeyId: string, nonce: string, now: Date): boolean;
}

export function createNonceMemory(): NonceMemory {
  /** In the order of use, so that the oldest come first. */
  const usedAt = new Map<string, number>();
  return {
    use(accessKeyId, nonce, now) {
      const name = `${accessKeyId}\n${nonce}`;
      const before = usedAt.get(name);
      if (before !== undefined && now.getTime() - before < KEPT_MS) return false;
      usedAt.delete(name);
      usedAt.set(name, now.getTime());
      for (const [oldest, at] of usedAt) {
        if (usedAt.size <= MAX_NONCES && now.getTime() - at < KEPT_MS) break;
        usedAt.delete(oldest);
      }
      return true;
    },
  };
}
