import { describe, expect, it } from 'vitest';
import { createRequestId } from './request-id.ts';

describe('createRequestId', () => {
  it('begins with the Unix time, as captured ids do', () => {
    expect(createRequestId(new Date('2018-09-15T10:24:12.345Z'))).toMatch(/^5B9CDDCC[0-9A-F]{16}$/);
    expect(createRequestId(new Date(0))).toMatch(/^00000000[0-9A-F]{16}$/);
  });

  it('is another one each time', () => {
    const now = new Date();
    expect(new Set(Array.from({ length: 1000 }, () => createRequestId(now))).size).toBe(1000);
  });
});
