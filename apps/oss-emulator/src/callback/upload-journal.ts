import { createRedactor } from './redact-secrets.ts';

/** An object that was stored. Its callback, if it had one, is the entry of the callback journal with the same request id. */
export interface UploadJournalEntry {
  /** ISO 8601. */
  readonly at: string;
  readonly requestId: string;
  readonly operation: string;
  readonly bucket: string;
  readonly key: string;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly versionId: string | undefined;
}

/** What was stored lately, newest first: the place to see that an upload arrived, and that it asked for no callback. */
export interface UploadJournal {
  entries(): readonly UploadJournalEntry[];
}

export interface WritableUploadJournal extends UploadJournal {
  record(entry: UploadJournalEntry): void;
  clear(): void;
}

/** A key has 1023 bytes at the most, so the number bounds the memory too. */
const MAX_ENTRIES = 500;

/**
 * Bounded: the oldest entries go.
 * @param secrets texts that must not be shown, wherever they turn up
 */
export function createUploadJournal(secrets: readonly string[]): WritableUploadJournal {
  const redact = createRedactor(secrets);
  let recorded: UploadJournalEntry[] = [];
  return {
    entries: () => recorded.slice(-MAX_ENTRIES).toReversed().map(redact),
    record(entry) {
      recorded.push(entry);
      // Now and then, as dropping the first of an array each time costs its length.
      if (recorded.length >= 2 * MAX_ENTRIES) recorded = recorded.slice(-MAX_ENTRIES);
    },
    clear() {
      recorded = [];
    },
  };
}
