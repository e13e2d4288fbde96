import { randomUUID } from 'node:crypto';

/**
 * 24 upper-case hex digits, of which the first eight are the Unix time, as in every dated capture of OSS's answers
 * (`5B9CDDCC9D2B0CA88AE2BEA1` was sent on 2018-09-15 10:24:12 UTC).
 */
export function createRequestId(now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000) % 0x1_0000_0000;
  // The first four and the last twelve digits of a UUID are random, and node:crypto makes UUIDs in batches.
  const uuid = randomUUID();
  return `${seconds.toString(16).padStart(8, '0')}${uuid.slice(0, 4)}${uuid.slice(-12)}`.toUpperCase();
}
