import { randomBytes } from 'node:crypto';

const UPLOAD_ID = /^[0-9A-F]{32}$/;
const TIME_DIGITS = 12;
const RANDOM_BYTES = 10;

/**
 * 32 upper-case hex digits, as in recent samples. The first twelve are the time, so that the ids of one key are listed in
 * the order in which the uploads were begun.
 */
export function createUploadId(now: Date): string {
  const time = now.getTime().toString(16).padStart(TIME_DIGITS, '0');
  return `${time}${randomBytes(RANDOM_BYTES).toString('hex')}`.toUpperCase();
}

/** Whether it could be one of ours; anything else must not become part of a name in the store. */
export function isUploadId(text: string): boolean {
  return UPLOAD_ID.test(text);
}
