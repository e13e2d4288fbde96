import { describe, expect, it } from 'vitest';
import { createCallbackJournal } from './callback-journal.ts';
import type { CallbackAttempt } from './callback-journal.ts';

const entry = (renderedBody: string) =>
  ({
    at: '2026-11-22T11:43:45.000Z',
    requestId: 'R',
    operation: 'PutObject',
    bucket: 'b',
    key: 'k',
    callback: { urls: [], host: undefined, body: '', bodyType: '', sni: false, variables: {} },
    renderedBody,
    attempts: [],
    verdict: { outcome: 'answered' },
    warnings: [],
  }) as const;

describe('the callback journal', () => {
  it('shows the newest entry first, and finds each by its id with what was sent', () => {
    const journal = createCallbackJournal<string>([]);
    const first = journal.record(entry('1'), 'sent 1');
    const second = journal.record(entry('2'), 'sent 2');
    expect(journal.entries().map(({ renderedBody }) => renderedBody)).toEqual(['2', '1']);
    expect(journal.find(second)?.renderedBody).toBe('2');
    expect(journal.findSent(first)).toBe('sent 1');
    expect(journal.find('99')).toBeUndefined();
  });

  it('forgets the oldest of many', () => {
    const journal = createCallbackJournal([]);
    const first = journal.record(entry('x'), undefined);
    for (let count = 0; count < 500; count += 1) journal.record(entry('x'), undefined);
    expect(journal.entries()).toHaveLength(500);
    expect(journal.find(first)).toBeUndefined();
  });

  it('forgets the oldest of large ones, but never the last', () => {
    const journal = createCallbackJournal([]);
    for (let count = 0; count < 5; count += 1) journal.record(entry('x'.repeat(5_000_000)), undefined);
    expect(journal.entries()).toHaveLength(3);
    const huge = journal.record(entry('y'.repeat(20_000_000)), undefined);
    expect(journal.entries().map(({ id }) => id)).toEqual([huge]);
  });

  it('shows no secret, wherever it turns up', () => {
    const journal = createCallbackJournal(['s"ecret{key}', 'b']);
    journal.record({ ...entry('a=s"ecret{key}&b=b'), key: 'dir/s"ecret{key}' }, undefined);
    expect(JSON.stringify(journal.entries())).not.toContain('ecret');
    expect(journal.entries()[0]?.renderedBody).toBe('a=[redacted]&b=b');
  });

  it('shows no security token', () => {
    const journal = createCallbackJournal([]);
    const token = `CAIS${'A1+/'.repeat(20)}`;
    journal.record(entry(`token=${token}&other=${encodeURIComponent(token)}`), undefined);
    expect(journal.entries()[0]?.renderedBody).toBe('token=[token]&other=[token]');
  });

  it('counts all the text of an entry, also of its attempts', () => {
    const journal = createCallbackJournal([]);
    const attempt = { stringToSign: 'x'.repeat(5_000_000) } as CallbackAttempt;
    for (let count = 0; count < 5; count += 1) journal.record({ ...entry('x'), attempts: [attempt] }, undefined);
    expect(journal.entries()).toHaveLength(3);
  });

  it('is empty after clear', () => {
    const journal = createCallbackJournal([]);
    journal.record(entry('x'), undefined);
    journal.clear();
    expect(journal.entries()).toEqual([]);
  });
});
