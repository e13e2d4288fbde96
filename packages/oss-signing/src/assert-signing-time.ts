import { SigningInputError } from './signing-input-error.ts';

const MAX_TIME_MS = Date.UTC(9999, 11, 31, 23, 59, 59);

/** @throws {SigningInputError} when `now` is no date, or lies outside the four-digit years that both date formats hold. */
export function assertSigningTime(now: Date): void {
  // Written so that NaN, the time of an invalid Date, fails it.
  if (!(now.getTime() >= 0 && now.getTime() <= MAX_TIME_MS)) {
    throw new SigningInputError('now', 'must be a valid Date between 1970 and 9999');
  }
}
