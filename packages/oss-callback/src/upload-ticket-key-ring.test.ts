import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import { UploadTicketKeyRing, UploadTicketSecretError } from './upload-ticket-key-ring.ts';

const secret = 'a-secret-of-thirty-two-bytes-ok!';

describe('UploadTicketKeyRing', () => {
  it.each([
    ['no secret at all', [], 'at least one'],
    ['a short secret', ['short'], 'number 1 has 5 bytes, must have at least 32'],
    ['a short secret behind a good one', [secret, Buffer.alloc(31)], 'number 2 has 31 bytes'],
    ['an empty secret', [''], 'number 1 has 0 bytes'],
  ])('refuses %s', (_what, secrets, message) => {
    const construct = (): unknown => new UploadTicketKeyRing(secrets);
    expect(construct).toThrow(UploadTicketSecretError);
    expect(construct).toThrow(message);
  });

  it('counts bytes, not characters', () => {
    expect(new UploadTicketKeyRing(['密'.repeat(11)]).newest().id).toMatch(/^[\w-]{8}$/);
  });

  it('names a secret the same on every instance, as text or bytes', () => {
    const ids = [[secret], [Buffer.from(secret)], ['another-secret-of-thirty-two-byte', secret]].map(
      (secrets) => new UploadTicketKeyRing(secrets).find(new UploadTicketKeyRing([secret]).newest().id)?.id,
    );
    expect(new Set(ids).size).toBe(1);
    expect(ids).not.toContain(undefined);
  });

  it('shows no secret to a logger or an error report', () => {
    const ring = new UploadTicketKeyRing([secret]);
    const shown = inspect(ring, { depth: 9, showHidden: true }) + JSON.stringify({ ring, key: ring.newest() });
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(Buffer.from(secret).toString('base64').slice(0, 20));
    expect(shown).not.toContain(Buffer.from(secret).toString('hex').slice(0, 20));
  });
});
