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

/** The journal as the sender writes it. Each entry keeps what sending it again takes. */
export interface WritableCallbackJournal<Sent> extends CallbackJournal {
  /** @returns the id of the entry */
  record(entry: Omit<CallbackJournalEntry, 'id'>, sent: Sent): string;
  findSent(id: string): Sent | undefined;
  clear(): void;
}

const MAX_ENTRIES = 500;
const MAX_TEXT_CHARACTERS = 16 * 1024 * 1024;

interface JournalRecord<Sent> {
  /** As it was recorded: secrets are taken out when somebody looks, for most entries are never looked at. */
  readonly entry: CallbackJournalEntry;
  readonly sent: Sent;
  readonly characters: number;
}

/**
 * Bounded: the oldest entries go when there are too many or they hold too much text, but the last one always stays.
 * @param secrets texts that must not be shown, wherever they turn up
 */
export function createCallbackJournal<Sent>(secrets: readonly string[]): WritableCallbackJournal<Sent> {
  const records = new Map<string, JournalRecord<Sent>>();
  const redact = createRedactor(secrets);
  let nextId = 1;
  let characters = 0;

  function drop(id: string, record: JournalRecord<Sent>): void {
    records.delete(id);
    characters -= record.characters;
  }

  return {
    entries: () => [...records.values()].map(({ entry }) => redact(entry)).toReversed(),
    find(id) {
      const record = records.get(id);
      return record === undefined ? undefined : redact(record.entry);
    },
    findSent: (id) => records.get(id)?.sent,
    record(input, sent) {
      const entry = { id: String(nextId), ...input };
      const record = { entry, sent, characters: countCharacters(entry) };
      records.set(entry.id, record);
      nextId += 1;
      characters += record.characters;
      for (const [id, oldest] of records) {
        if ((records.size <= MAX_ENTRIES && characters <= MAX_TEXT_CHARACTERS) || records.size === 1) break;
        drop(id, oldest);
      }
      return entry.id;
    },
    clear() {
      records.clear();
      characters = 0;
    },
  };
}

function countCharacters(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let characters = 0;
  for (const [name, member] of Object.entries(value)) characters += name.length + countCharacters(member);
  return characters;
}
