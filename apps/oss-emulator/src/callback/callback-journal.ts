import type { CallbackFailureReason, CallbackFinding } from '@oss-callback/oss-callback';
import { createRedactor } from './redact-secrets.ts';

/** One callback, from the template to the verdict, as plain JSON. */
export interface CallbackJournalEntry {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  /** Of the upload. */
  readonly requestId: string;
  readonly operation: string;
  readonly bucket: string;
  readonly key: string;
  /** What the uploader configured. */
  readonly callback: {
    readonly urls: readonly string[];
    readonly host: string | undefined;
    readonly body: string;
    readonly bodyType: string;
    readonly sni: boolean;
    readonly variables: Readonly<Record<string, string>>;
  };
  readonly renderedBody: string;
  /** One per URL that was tried, in order. */
  readonly attempts: readonly CallbackAttempt[];
  readonly verdict: CallbackVerdict;
  /** Profile of the fault that struck it. */
  readonly fault?: string;
  /** What works here and would fail or surprise on real OSS. */
  readonly warnings: readonly CallbackFinding[];
  /** Id of the entry that was sent again. */
  readonly replayOf?: string;
}

export interface CallbackAttempt {
  readonly url: string;
  /** `ip:port`; absent when there was no connection. */
  readonly connectedTo: string | undefined;
  readonly requestLine: string;
  readonly requestHeaders: ReadonlyArray<readonly [name: string, value: string]>;
  readonly stringToSign: string;
  readonly durationMs: number;
  readonly reply: CallbackAttemptReply | undefined;
  readonly verdict: CallbackVerdict;
  /** What the system said when there was no reply. */
  readonly cause: string | undefined;
}

export interface CallbackAttemptReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type CallbackVerdict =
  | { readonly outcome: 'answered' }
  | {
      readonly outcome: 'failed';
      readonly reason: CallbackFailureReason;
      readonly message: string;
      readonly ec: string;
    };

/** What happened to callbacks lately, newest first. */
export interface CallbackJournal {
  entries(): readonly CallbackJournalEntry[];
  find(id: string): CallbackJournalEntry | undefined;
}

/** What is kept of a callback, until somebody looks: hardly any is ever looked at. */
export interface CallbackRecord<Sent> {
  /** Puts it into words, the same ones each time, secrets included. */
  readonly describe: () => Omit<CallbackJournalEntry, 'id'>;
  /** How much memory it keeps, about. */
  readonly sizeBytes: number;
  /** What sending it again takes. */
  readonly sent: Sent;
}

/** The journal as the sender writes it. */
export interface WritableCallbackJournal<Sent> extends CallbackJournal {
  /** @returns the id of the entry */
  record(record: CallbackRecord<Sent>): string;
  findSent(id: string): Sent | undefined;
  clear(): void;
}

const MAX_ENTRIES = 500;
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Bounded: the oldest entries go when there are too many or they hold too much, but the last one always stays.
 * @param secrets texts that must not be shown, wherever they turn up
 */
export function createCallbackJournal<Sent>(secrets: readonly string[]): WritableCallbackJournal<Sent> {
  const records = new Map<string, CallbackRecord<Sent>>();
  const redact = createRedactor(secrets);
  let nextId = 1;
  let keptBytes = 0;

  function shown(id: string, { describe }: CallbackRecord<Sent>): CallbackJournalEntry {
    return redact({ id, ...describe() });
  }

  return {
    entries: () => [...records].map(([id, record]) => shown(id, record)).toReversed(),
    find(id) {
      const record = records.get(id);
      return record === undefined ? undefined : shown(id, record);
    },
    findSent: (id) => records.get(id)?.sent,
    record(record) {
      const id = String(nextId);
      nextId += 1;
      records.set(id, record);
      keptBytes += record.sizeBytes;
      for (const [oldestId, oldest] of records) {
        if ((records.size <= MAX_ENTRIES && keptBytes <= MAX_BYTES) || records.size === 1) break;
        records.delete(oldestId);
        keptBytes -= oldest.sizeBytes;
      }
      return id;
    },
    clear() {
      records.clear();
      keptBytes = 0;
    },
  };
}
