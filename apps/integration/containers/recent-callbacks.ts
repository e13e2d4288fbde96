import type { CallbackJournalEntry } from '@oss-callback/oss-emulator';

const ENTRIES = 10;

/** The emulator's journal, one line per callback, newest first: what was sent where, and what came of it. */
export async function recentCallbacks(emulatorUrl: string): Promise<string> {
  try {
    const response = await fetch(`${emulatorUrl}/__emulator/callbacks`);
    const entries = (await response.json()) as readonly CallbackJournalEntry[];
    const lines = entries.slice(0, ENTRIES).map(({ at, requestId, renderedBody, attempts, verdict }) => {
      const tried = attempts.map(({ url, reply, cause }) => ({ url, cause, status: reply?.status, body: reply?.body }));
      return JSON.stringify({ at, requestId, verdict, tried, renderedBody });
    });
    return lines.length === 0 ? '(none)' : lines.join('\n');
  } catch (error) {
    return `the emulator does not answer: ${String(error)}`;
  }
}
