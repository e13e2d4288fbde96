import { describe, expect, it } from 'vitest';
import { createUploadJournal } from './upload-journal.ts';

const entry = (key: string) => ({
  at: '2026-11-24T10:00:00.000Z',
  requestId: 'R',
  operation: 'PutObject',
  bucket: 'b',
  key,
  sizeBytes: 1,
  etag: 'E',
  versionId: undefined,
});

describe('the upload journal', () => {
  it('shows the newest entry first, and forgets the oldest of many', () => {
    const journal = createUploadJournal([]);
    for (let count = 1; count <= 1234; count += 1) journal.record(entry(String(count)));
    const keys = journal.entries().map(({ key }) => key);
    expect([keys.length, keys[0], keys.at(-1)]).toEqual([500, '1234', '735']);
  });

  it('shows no secret that a key holds', () => {
    const journal = createUploadJournal(['a-long-secret']);
    journal.record(entry('dir/a-long-secret.txt'));
    expect(journal.entries()[0]?.key).toBe('dir/[redacted].txt');
  });

  it('is empty after clear', () => {
    const journal = createUploadJournal([]);
    journal.record(entry('k'));
    journal.clear();
    expect(journal.entries()).toEqual([]);
  });
});
