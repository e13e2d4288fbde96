import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDateTime, parseDateTime } from './date-time.ts';
import { formatHttpDate, parseHttpDate } from './http-date.ts';

const wholeSeconds = integer({ min: 0, max: Date.UTC(9999, 0, 1) / 1000 }).map((seconds) => new Date(seconds * 1000));

describe('the ISO 8601 basic time of V4', () => {
  it('is read as it is written', () => {
    assert(
      property(wholeSeconds, (time) => {
        expect(parseDateTime(formatDateTime(time))).toEqual(time);
      }),
    );
  });

  it.each([
    '',
    '20260115T083000',
    '2026-01-15T08:30:00Z',
    '20260231T083000Z',
    '20261315T083000Z',
    '20260115T240000Z',
    '20260115T083060Z',
    ' 20260115T083000Z',
    'Thu, 15 Jan 2026 08:30:00 GMT',
  ])('refuses %j', (text) => {
    expect(parseDateTime(text)).toBeUndefined();
  });
});

describe('the RFC 1123 date of V1', () => {
  it('is read as it is written', () => {
    assert(
      property(wholeSeconds, (time) => {
        expect(parseHttpDate(formatHttpDate(time))).toEqual(time);
      }),
    );
  });

  it.each([
    '',
    'Thu, 15 Jan 2026 08:30:00',
    'Thu, 15 Jan 2026 08:30:00 +0800',
    'Thu, 31 Feb 2026 08:30:00 GMT',
    'Thu, 15 Foo 2026 08:30:00 GMT',
    'Thu, 15 Jan 2026 25:30:00 GMT',
    '20260115T083000Z',
  ])('refuses %j', (text) => {
    expect(parseHttpDate(text)).toBeUndefined();
  });
});
