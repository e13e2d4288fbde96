export type {
  CallbackAttempt,
  CallbackJournal,
  CallbackJournalEntry,
  CallbackVerdict,
} from './callback/callback-journal.ts';
export type { UploadJournal, UploadJournalEntry } from './callback/upload-journal.ts';
export type { EmulatorOptions, S3Options } from './emulator-options.ts';
export type { FaultProfile } from './faults/fault-profiles.ts';
export type { Fault, Faults, FaultState } from './faults/faults.ts';
export type { RoleOptions } from './sts/sts-roles.ts';
export { startEmulator } from './start-emulator.ts';
export type { Emulator } from './start-emulator.ts';
