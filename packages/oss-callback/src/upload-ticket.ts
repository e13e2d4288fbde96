import { createHmac, timingSafeEqual } from 'node:crypto';

import { decodeCanonicalBase64Url } from './canonical-base64.ts';
import { type UploadTicketClaims, parseClaims, serializeClaims } from './upload-ticket-claims.ts';
import type { UploadTicketKey, UploadTicketKeyRing } from './upload-ticket-key-ring.ts';

/** Allowed difference between the clocks of the servers that issue and verify. */
export const TICKET_CLOCK_LEEWAY_SECONDS = 60;

/** A ticket must fit into a callback parameter of 5 KB, so a longer text is none. */
const MAX_TICKET_LENGTH = 5120;

/** Why a ticket is not accepted. */
export type UploadTicketRefusal =
  | 'missing'
  | 'malformed'
  | 'unknown-key'
  | 'signature-mismatch'
  | 'unsupported-version'
  | 'not-yet-valid'
  | 'expired'
  | 'wrong-route';

/** What `verifyUploadTicket` answers. */
export type UploadTicketVerification =
  | { readonly ok: true; readonly claims: UploadTicketClaims }
  | { readonly ok: false; readonly reason: UploadTicketRefusal };

/**
 * Issues an upload ticket, to be put into the callback body as a constant or a custom variable.
 *
 * OSS signs callbacks with one key for all its customers: that signature says "came through OSS". The ticket is what says
 * "belongs to an upload that we allowed". The uploader can read it, so it holds no secret and is worth nothing without
 * `checkTicketBinding`.
 *
 * @returns `key id.claims.HMAC-SHA256`, each base64url: letters, digits, `-`, `_` and `.`, safe in URL, form and JSON
 * @throws {UploadTicketClaimsError} names the claim and the rule it breaks
 */
export function issueUploadTicket(claims: UploadTicketClaims, keyRing: UploadTicketKeyRing): string {
  const key = keyRing.newest();
  const signed = `${key.id}.${Buffer.from(serializeClaims(claims), 'utf8').toString('base64url')}`;
  return `${signed}.${authenticate(signed, key).toString('base64url')}`;
}

/**
 * Verifies an upload ticket: signature first, in constant time, then version, time and route. Never throws, whatever
 * `text` is.
 *
 * @param text what the callback body held, if anything
 * @param options.now the current time; 60 s of leeway are given on both ends
 * @param options.route when given, the ticket must have been issued for it
 */
export function verifyUploadTicket(
  text: unknown,
  options: { readonly keyRing: UploadTicketKeyRing; readonly now: Date; readonly route?: string },
): UploadTicketVerification {
  if (text === undefined || text === null || text === '') {
    return { ok: false, reason: 'missing' };
  }
  const parts = typeof text === 'string' ? splitTicket(text) : undefined;
  if (parts === undefined) {
    return { ok: false, reason: 'malformed' };
  }
  const key = options.keyRing.find(parts.keyId);
  if (key === undefined) {
    return { ok: false, reason: 'unknown-key' };
  }
  if (!timingSafeEqual(parts.mac, authenticate(parts.signed, key))) {
    return { ok: false, reason: 'signature-mismatch' };
  }
  const claims = parseClaims(parts.json);
  if (claims === undefined) {
    return { ok: false, reason: 'unsupported-version' };
  }
  const reason = claimsRefusal(claims, options);
  return reason === undefined ? { ok: true, claims } : { ok: false, reason };
}

function claimsRefusal(
  claims: UploadTicketClaims,
  { now, route }: { readonly now: Date; readonly route?: string },
): UploadTicketRefusal | undefined {
  const leewayMs = TICKET_CLOCK_LEEWAY_SECONDS * 1000;
  if (now.getTime() < claims.issuedAt.getTime() - leewayMs) {
    return 'not-yet-valid';
  }
  // Written so that an invalid `now` (NaN) refuses.
  if (!(now.getTime() <= claims.expiresAt.getTime() + leewayMs)) {
    return 'expired';
  }
  return route !== undefined && route !== claims.route ? 'wrong-route' : undefined;
}

interface TicketParts {
  readonly keyId: string;
  readonly signed: string;
  readonly json: string;
  readonly mac: Buffer;
}

function splitTicket(text: string): TicketParts | undefined {
  const [keyId, payload, signature, ...rest] = text.length > MAX_TICKET_LENGTH ? [] : text.split('.');
  if (keyId === undefined || payload === undefined || signature === undefined || rest.length > 0) {
    return undefined;
  }
  const json = decodeCanonicalBase64Url(payload);
  const mac = decodeCanonicalBase64Url(signature);
  if (json === undefined || mac?.length !== 32) {
    return undefined;
  }
  return { keyId, signed: `${keyId}.${payload}`, json: json.toString('utf8'), mac };
}

function authenticate(signed: string, key: UploadTicketKey): Buffer {
  // The prefix keeps these HMACs apart from others that might be made with the same secret.
  return createHmac('sha256', key.secret).update(`upload-ticket.${signed}`).digest();
}
