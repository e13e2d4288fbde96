import { describe, expect, it } from 'vitest';

import { checkTicketBinding } from './ticket-binding.ts';
import type { UploadTicketClaims } from './upload-ticket-claims.ts';

const claims: UploadTicketClaims = {
  id: '1',
  user: 'user-42',
  bucket: 'examplebucket',
  objectKey: 'user-42/photo.jpg',
  minSizeBytes: 10,
  maxSizeBytes: 20,
  contentType: 'image/jpeg',
  route: 'avatar',
  issuedAt: new Date(0),
  expiresAt: new Date(1000),
};
const stored = { bucket: 'examplebucket', object: 'user-42/photo.jpg', size: 15, mimeType: 'image/jpeg' };

describe('checkTicketBinding', () => {
  it.each([10, 15, 20])('accepts the object the ticket was issued for, at %i bytes', (size) => {
    expect(checkTicketBinding(claims, { ...stored, size })).toEqual({ ok: true });
  });

  it.each([
    ['bucket-mismatch', 'bucket', { bucket: 'other' }],
    ['bucket-mismatch', 'bucket', { bucket: 'ExampleBucket' }],
    ['object-mismatch', 'object', { object: 'user-43/photo.jpg' }],
    ['object-mismatch', 'object', { object: 'user-42/photo.jpg/' }],
    ['object-mismatch', 'object', { object: 'user-42%2Fphoto.jpg' }],
    ['size-too-small', 'size', { size: 9 }],
    ['size-too-large', 'size', { size: 21 }],
    ['size-invalid', 'size', { size: Number.NaN }],
    ['size-invalid', 'size', { size: 15.5 }],
    ['size-invalid', 'size', { size: Number.POSITIVE_INFINITY }],
    ['mime-type-mismatch', 'mimeType', { mimeType: 'text/html' }],
    ['mime-type-mismatch', 'mimeType', { mimeType: undefined }],
  ])('refuses with %s, naming %s: %j', (reason, field, change) => {
    expect(checkTicketBinding(claims, { ...stored, ...change })).toEqual({ ok: false, reason, field });
  });

  it('takes any type when the ticket names none', () => {
    const { contentType: _, ...anyType } = claims;
    expect(checkTicketBinding(anyType, { ...stored, mimeType: 'text/html' })).toEqual({ ok: true });
  });
});
