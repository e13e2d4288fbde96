export type {
  CallbackAttempt,
  CallbackJournal,
  CallbackJournalEntry,
  CallbackVerdict,
} from './callback/callback-journal.ts';
export type { EmulatorOptions, S3Options } from './emulator-options.ts';
export { startEmulator } from './start-emulator.ts';
export type { Emulator } from './start-emulator.ts';
