import { describe, expect, it } from 'vitest';
import { checkSignDate } from './check-sign-date.ts';

const scope = { signDate: '20260115', region: 'cn-hangzhou', product: 'oss' };

describe('checkSignDate', () => {
  it('accepts the day of the time', () => {
    expect(checkSignDate(scope, '20260115T083000Z', 'header')).toBeUndefined();
  });

  // Android and Swift SDK look for the first sentence, and correct their clocks.
  it.each([
    ['header', 'Authorization', 'Invalid signing date in Authorization header.', '0002-00000212'],
    ['query', 'x-oss-credential', 'Invalid signing date in x-oss-credential.', '0002-00000223'],
    ['form', 'x-oss-credential', 'Invalid signing date in x-oss-credential.', '0002-00000710'],
  ] as const)('refuses another day in the words of OSS: %s', (carrier, field, detail, ec) => {
    const refusal = { ok: false, reason: 'malformed', field, detail, ec };
    expect(checkSignDate(scope, '20260116T000000Z', carrier)).toEqual(refusal);
  });
});
