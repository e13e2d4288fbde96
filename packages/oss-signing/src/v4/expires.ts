import { checkClockSkew } from '../check-clock-skew.ts';
import type { Refusal } from '../verification.ts';

/** The longest validity of a V4 presigned URL, in seconds: seven days. OSS: EC 0002-00000232. */
export const MAX_EXPIRES_SECONDS = 604_800;

/** Reads `x-oss-expires`: a whole number of seconds from 1 to 604800. OSS: EC 0002-00000232. */
export function parseExpires(text: string): { readonly ok: true; readonly seconds: number } | Refusal {
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (seconds < 1 || seconds > MAX_EXPIRES_SECONDS) {
    return { ok: false, reason: 'invalid-expires', value: text, ec: '0002-00000232' };
  }
  return { ok: true, seconds };
}

/**
 * Refuses a presigned URL after its end, and before its start unless the clocks may explain it.
 *
 * OSS: *V4 signatures in presigned URLs*, `x-oss-date` ("start of validity, to avoid clock errors 15 minutes are
 * allowed"); EC 0002-00000236.
 */
export function checkValidity(validFrom: Date, expiresSeconds: number, now: Date): Refusal | undefined {
  if (validFrom.getTime() > now.getTime()) {
    return checkClockSkew(validFrom, now);
  }
  const expiresAt = new Date(validFrom.getTime() + expiresSeconds * 1000);
  // Written so that NaN, the time of an invalid Date, is refused.
  if (now.getTime() <= expiresAt.getTime()) {
    return undefined;
  }
  return { ok: false, reason: 'expired', expiresAt, ec: '0002-00000236' };
}
