import type { Refusal } from './verification.ts';

/**
 * How far a signed request's time may be from the server's, either way: 15 minutes.
 *
 * OSS: EC 0002-00000504, `MaxAllowedSkewMilliseconds` of RequestTimeTooSkewed.
 */
export const MAX_CLOCK_SKEW_MS = 900_000;

/** Refuses a request whose time is too far from the server's. */
export function checkClockSkew(
  requestTime: Date,
  now: Date,
): Extract<Refusal, { readonly reason: 'time-skewed' }> | undefined {
  // Written so that NaN, the difference to an invalid Date, is refused.
  if (Math.abs(now.getTime() - requestTime.getTime()) <= MAX_CLOCK_SKEW_MS) {
    return undefined;
  }
  return { ok: false, reason: 'time-skewed', requestTime, ec: '0002-00000504' };
}
