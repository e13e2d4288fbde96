import type { CallbackJournal } from '../callback/callback-journal.ts';
import type { CallbackSender } from '../callback/send-callback.ts';
import type { UploadJournal } from '../callback/upload-journal.ts';
import type { SigningKeySource } from '../callback/signing-key-pair.ts';
import type { Faults } from '../faults/faults.ts';

/** What the control API may use. */
export interface ControlContext {
  readonly journal: CallbackJournal;
  readonly uploads: UploadJournal;
  readonly callbacks: CallbackSender;
  readonly signingKey: SigningKeySource;
  readonly publicUrl: PublicUrl;
  readonly faults: Faults;
  /** Empties store and journal. */
  readonly reset: () => Promise<void>;
}

/** Where clients and receivers reach the emulator. A container learns it only when its port is mapped. */
export interface PublicUrl {
  get(): string;
  set(url: string): void;
}
