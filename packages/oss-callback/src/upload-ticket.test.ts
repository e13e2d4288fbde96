import { createHmac } from 'node:crypto';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type UploadTicketClaims, UploadTicketClaimsError } from './upload-ticket-claims.ts';
import { UploadTicketKeyRing } from './upload-ticket-key-ring.ts';
import { type UploadTicketVerification, issueUploadTicket, verifyUploadTicket } from './upload-ticket.ts';

const oldSecret = 'the-old-secret-of-thirty-two-byte';
const newSecret = 'the-new-secret-of-thirty-two-byte';
const oldRing = new UploadTicketKeyRing([oldSecret]);
const keyRing = new UploadTicketKeyRing([newSecret, oldSecret]);

const issuedAt = new Date('2026-01-01T00:00:00Z');
const expiresAt = new Date('2026-01-01T00:15:00Z');
const atSecond = (second: number): Date => new Date(issuedAt.getTime() + second * 1000);
const now = atSecond(60);

const claims: UploadTicketClaims = {
  id: '6f1d2c3b-0001',
  user: 'user-42',
  bucket: 'examplebucket',
  objectKey: 'user-42/2026/01/a b+中.jpg',
  minSizeBytes: 1,
  maxSizeBytes: 5_000_000,
  contentType: 'image/jpeg',
  route: 'avatar',
  issuedAt,
  expiresAt,
};
const ticket = issueUploadTicket(claims, keyRing);

function reasonFor(text: unknown, options: { now?: Date; route?: string; keyRing?: UploadTicketKeyRing } = {}): string {
  const verification = verifyUploadTicket(text, { keyRing, now, ...options });
  return verification.ok ? 'none' : verification.reason;
}

describe('issueUploadTicket', () => {
  it('writes characters that are safe in URL, form and JSON', () => {
    expect(ticket).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(encodeURIComponent(ticket)).toBe(ticket);
    expect(JSON.stringify(ticket)).toBe(`"${ticket}"`);
  });

  it('stays small beside the 5 KB of a callback parameter', () => {
    const longest = { ...claims, objectKey: 'k'.repeat(200), id: 'i'.repeat(36), user: 'u'.repeat(36) };
    expect(issueUploadTicket(longest, keyRing).length).toBeLessThan(700);
  });

  it('can allow the empty object, and nothing but it', () => {
    const empty = issueUploadTicket({ ...claims, minSizeBytes: 0, maxSizeBytes: 0 }, keyRing);
    expect(verifyUploadTicket(empty, { keyRing, now })).toMatchObject({ claims: { minSizeBytes: 0, maxSizeBytes: 0 } });
  });

  it('signs with the newest secret', () => {
    expect(reasonFor(ticket, { keyRing: new UploadTicketKeyRing([newSecret]) })).toBe('none');
    expect(reasonFor(ticket, { keyRing: oldRing })).toBe('unknown-key');
  });

  it.each([
    ['id', { id: '' }],
    ['user', { user: '' }],
    ['bucket', { bucket: '' }],
    ['objectKey', { objectKey: '' }],
    ['route', { route: '' }],
    ['minSizeBytes', { minSizeBytes: -1 }],
    ['minSizeBytes', { minSizeBytes: 1.5 }],
    ['minSizeBytes', { minSizeBytes: Number.NaN }],
    ['maxSizeBytes', { maxSizeBytes: 0 }],
    ['maxSizeBytes', { maxSizeBytes: Number.POSITIVE_INFINITY }],
    ['issuedAt', { issuedAt: new Date('never') }],
    ['expiresAt', { expiresAt: issuedAt }],
    ['expiresAt', { expiresAt: new Date('never') }],
  ])('refuses claims with a wrong %s: %j', (field, change) => {
    const issue = (): string => issueUploadTicket({ ...claims, ...change }, keyRing);
    expect(issue).toThrow(UploadTicketClaimsError);
    expect(issue).toThrow(expect.objectContaining({ field }));
  });
});

describe('verifyUploadTicket', () => {
  it('gives the claims back', () => {
    expect(verifyUploadTicket(ticket, { keyRing, now, route: 'avatar' })).toEqual({ ok: true, claims });
  });

  it('gives back claims of any text, with and without content type', () => {
    const text = fc.string({ minLength: 1, unit: 'grapheme' });
    const seconds = fc.date({ min: new Date(0), max: now, noInvalidDate: true }).map((date) => {
      date.setUTCMilliseconds(0);
      return date;
    });
    const anyClaims = fc.record(
      {
        id: text,
        user: text,
        bucket: text,
        objectKey: text,
        minSizeBytes: fc.nat(),
        maxSizeBytes: fc.maxSafeNat().map((size) => size + 2 ** 32),
        contentType: text,
        route: text,
        issuedAt: seconds,
        expiresAt: fc.constant(expiresAt),
      },
      {
        requiredKeys: [
          'id',
          'user',
          'bucket',
          'objectKey',
          'minSizeBytes',
          'maxSizeBytes',
          'route',
          'issuedAt',
          'expiresAt',
        ],
      },
    );
    fc.assert(
      fc.property(anyClaims, (given) => {
        fc.pre(Number.isSafeInteger(given.maxSizeBytes));
        expect(verifyUploadTicket(issueUploadTicket(given, keyRing), { keyRing, now })).toEqual({
          ok: true,
          claims: given,
        });
      }),
    );
  });

  it('accepts a ticket that an older secret signed, while it is on the ring', () => {
    const old = issueUploadTicket(claims, oldRing);
    expect(reasonFor(old)).toBe('none');
    expect(reasonFor(old, { keyRing: new UploadTicketKeyRing([newSecret]) })).toBe('unknown-key');
  });

  it.each([
    ['none', atSecond(-60)],
    ['not-yet-valid', new Date(atSecond(-60).getTime() - 1)],
    ['none', atSecond(900)],
    ['none', atSecond(960)],
    ['expired', new Date(atSecond(960).getTime() + 1)],
    ['expired', new Date('never')],
  ])('%s at %s', (reason, time) => {
    expect(reasonFor(ticket, { now: time })).toBe(reason);
  });

  it('refuses a ticket that was issued for another route', () => {
    expect(reasonFor(ticket, { route: 'invoice' })).toBe('wrong-route');
  });

  const [keyId = '', payload = '', mac = ''] = ticket.split('.');
  const forgedPayload = Buffer.from(
    Buffer.from(payload, 'base64url').toString().replace('user-42', 'user-43'),
  ).toString('base64url');

  it.each([
    ['missing', undefined],
    ['missing', null],
    ['missing', ''],
    ['malformed', 5],
    ['malformed', { toString: () => ticket }],
    ['malformed', [ticket]],
    ['malformed', 'a.b'],
    ['malformed', '..'],
    ['malformed', `${ticket}.`],
    ['malformed', `${ticket}.x`],
    ['malformed', ` ${ticket} `],
    ['malformed', `${ticket}=`],
    ['malformed', `${keyId}.${payload}=.${mac}`],
    ['malformed', `${keyId}.${payload}.${mac.slice(0, -1)}`],
    ['malformed', `${keyId}.${payload}.${mac.slice(0, -2)}`],
    ['malformed', `${keyId}.${payload}.`],
    ['malformed', 'x'.repeat(10_000_000)],
    ['malformed', '.'.repeat(5000)],
    ['unknown-key', `none.${payload}.${mac}`],
    ['unknown-key', `.${payload}.${mac}`],
    ['unknown-key', `__proto__.${payload}.${mac}`],
    ['signature-mismatch', `${oldRing.newest().id}.${payload}.${mac}`],
    ['signature-mismatch', `${keyId}.${forgedPayload}.${mac}`],
    ['signature-mismatch', `${keyId}.${payload}.${Buffer.alloc(32).toString('base64url')}`],
    ['signature-mismatch', `${keyId}..${mac}`],
  ])('refuses with %s: %s', (reason, text) => {
    expect(reasonFor(text)).toBe(reason);
  });

  it('refuses a well-signed ticket of another version', () => {
    const future = `${keyId}.${Buffer.from('{"v":2}').toString('base64url')}`;
    const signature = createHmac('sha256', newSecret).update(`upload-ticket.${future}`).digest('base64url');
    expect(reasonFor(`${future}.${signature}`)).toBe('unsupported-version');
  });

  it('refuses after a change of any single character', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    fc.assert(
      fc.property(fc.nat({ max: ticket.length - 1 }), fc.constantFrom(...alphabet.split('')), (index, character) => {
        fc.pre(ticket[index] !== character);
        expect(reasonFor(ticket.slice(0, index) + character + ticket.slice(index + 1))).not.toBe('none');
      }),
      { numRuns: 500 },
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (text) => {
        const verification: UploadTicketVerification = verifyUploadTicket(text, { keyRing, now });
        expect(verification.ok).toBe(false);
      }),
    );
  });
});
