import type { CallbackJournal } from '../src/callback/callback-journal.ts';
import type { EmulatorOptions } from '../src/emulator-options.ts';
import type { Faults } from '../src/faults/faults.ts';
import { startEmulator } from '../src/start-emulator.ts';
import { BUCKET, send } from './emulator-client.ts';
import type { ClientRequest, ClientResponse } from './emulator-client.ts';

/** An emulator with one private bucket, and what it logged. */
export interface TestEmulator extends AsyncDisposable {
  readonly url: string;
  readonly journal: CallbackJournal;
  readonly log: readonly string[];
  readonly faults: Faults;
  readonly reset: () => Promise<void>;
  /** One request on the test bucket unless `bucket` says otherwise; signed with V4 unless told otherwise. */
  send(method: string, request?: ClientRequest): Promise<ClientResponse>;
}

export async function startTestEmulator(options: EmulatorOptions = {}): Promise<TestEmulator> {
  const log: string[] = [];
  const emulator = await startEmulator({ log: (line) => log.push(line), ...options });
  const { now } = options;
  const clock = (): { now?: Date } => (now === undefined ? {} : { now: now() });
  const sendRequest = (method: string, request: ClientRequest = {}): Promise<ClientResponse> =>
    send(emulator.url, method, { bucket: BUCKET, ...clock(), ...request });
  await sendRequest('PUT');
  return {
    url: emulator.url,
    journal: emulator.journal,
    log,
    faults: emulator.faults,
    reset: () => emulator.reset(),
    send: sendRequest,
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}
