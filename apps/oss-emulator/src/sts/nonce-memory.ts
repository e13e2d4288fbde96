import { MAX_CLOCK_SKEW_MS } from '@oss-callback/oss-signing';

const MAX_NONCES = 20_000;

/** Which nonces have been used, per key, as long as a request with them would still be in time; bounded. */
export interface NonceMemory {
  /**
   * @param requestTime of the request that the nonce came with
   * @returns `false` when the key has used the nonce before
   */
  use(accessKeyId: string, nonce: string, requestTime: Date, now: Date): boolean;
}

export function createNonceMemory(): NonceMemory {
  /** When each may be forgotten, in the order of use: the oldest come first, give or take the clocks of clients. */
  const forgetAt = new Map<string, number>();
  return {
    use(accessKeyId, nonce, requestTime, now) {
      const name = `${accessKeyId}\n${nonce}`;
      const before = forgetAt.get(name);
      if (before !== undefined && now.getTime() <= before) return false;
      forgetAt.delete(name);
      forgetAt.set(name, Math.max(requestTime.getTime(), now.getTime()) + MAX_CLOCK_SKEW_MS);
      for (const [oldest, at] of forgetAt) {
        if (forgetAt.size <= MAX_NONCES && now.getTime() <= at) break;
        forgetAt.delete(oldest);
      }
      return true;
    },
  };
}
