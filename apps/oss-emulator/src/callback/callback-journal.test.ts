import { describe, expect, it } from 'vitest';
import { createCallbackJournal } from './callback-journal.ts';

const record = (renderedBody: string, { key = 'k', sizeBytes = 1, sent = '' } = {}) => ({
  describe: () =>
    ({
      at: '2026-11-22T11:43:45.000Z',
      requestId: 'R',
      operation: 'PutObject',
      bucket: 'b',
      key,
      callback: { urls: [], host: undefined, body: '', bodyType: '', sni: false, variables: {} },
      renderedBody,
      attempts: [],
      verdict: { outcome: 'answered' },
      warnings: [],
    }) as const,
  sizeBytes,
  sent,
});

describe('the callback journal', () => {
  it('shows the newest entry first, and finds each by its id with what was sent', () => {
    const journal = createCallbackJournal<string>([]);
    const first = journal.record(record('1', { sent: 'sent 1' }));
    const second = journal.record(record('2', { sent: 'sent 2' }));
    expect(journal.entries().map(({ renderedBody }) => renderedBody)).toEqual(['2', '1']);
    expect(journal.find(second)?.renderedBody).toBe('2');
    expect(journal.findSent(first)).toBe('sent 1');
    expect(journal.find('99')).toBeUndefined();
  });

  it('forgets the oldest of many', () => {
    const journal = createCallbackJournal([]);
    const first = journal.record(record('x'));
    for (let count = 0; count < 500; count += 1) journal.record(record('x'));
    expect(journal.entries()).toHaveLength(500);
    expect(journal.find(first)).toBeUndefined();
  });

  it('forgets the oldest of large ones, but never the last', () => {
    const journal = createCallbackJournal([]);
    for (let count = 0; count < 5; count += 1) journal.record(record('x', { sizeBytes: 5_000_000 }));
    expect(journal.entries()).toHaveLength(3);
    const huge = journal.record(record('y', { sizeBytes: 20_000_000 }));
    expect(journal.entries().map(({ id }) => id)).toEqual([huge]);
  });

  it('shows no secret, wherever it turns up', () => {
    const journal = createCallbackJournal(['s"ecret{key}', 'b']);
    journal.record(record('a=s"ecret{key}&b=b', { key: 'dir/s"ecret{key}' }));
    expect(JSON.stringify(journal.entries())).not.toContain('ecret');
    expect(journal.entries()[0]?.renderedBody).toBe('a=[redacted]&b=b');
  });

  it('shows no security token', () => {
    const journal = createCallbackJournal([]);
    const token = `CAIS${'A1+/'.repeat(20)}`;
    journal.record(record(`token=${token}&other=${encodeURIComponent(token)}`));
    expect(journal.entries()[0]?.renderedBody).toBe('token=[token]&other=[token]');
  });

  it('is empty after clear', () => {
    const journal = createCallbackJournal([]);
    journal.record(record('x'));
    journal.clear();
    expect(journal.entries()).toEqual([]);
  });
});
