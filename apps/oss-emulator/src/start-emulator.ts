import { createFetchTasks } from './async-fetch/fetch-tasks.ts';
import type { ConfigurationNode } from './bucket-configuration/read-configuration.ts';
import { CALLBACK_TIMEOUT_MS } from '@oss-callback/oss-callback';
import { createCallbackJournal } from './callback/callback-journal.ts';
import type { CallbackJournal } from './callback/callback-journal.ts';
import { parseCallbackRoute } from './callback/callback-routes.ts';
import { createCallbackWarnings } from './callback/callback-warnings.ts';
import { createCallbackSender } from './callback/send-callback.ts';
import type { SentCallback } from './callback/send-callback.ts';
import { createUploadJournal } from './callback/upload-journal.ts';
import type { UploadJournal } from './callback/upload-journal.ts';
import { createSigningKeySource } from './callback/signing-key-pair.ts';
import { checkOptions } from './check-options.ts';
import { ConfigError } from './config/config-error.ts';
import type { EmulatorContext } from './emulator-context.ts';
import { DEFAULT_ACCOUNT_ID, DEVELOPMENT_CREDENTIALS } from './emulator-options.ts';
import type { EmulatorOptions } from './emulator-options.ts';
import { createFaults } from './faults/faults.ts';
import type { Faults } from './faults/faults.ts';
import { parseHostName } from './http/host-name.ts';
import { DEFAULT_FOREIGN_BUCKETS } from './access/foreign-bucket.ts';
import { listen } from './http/listen.ts';
import { MultipartUploads } from './multipart/multipart-uploads.ts';
import { openStore } from './open-store.ts';
import { newBucket } from './operations/new-bucket.ts';
import { buildOperationTable } from './operation-table.ts';
import { operations } from './operations.ts';
import type { AddressRules } from './http/request-address.ts';
import { createEmulatorServer } from './server.ts';
import { createNonceMemory } from './sts/nonce-memory.ts';
import { openSessionSecret } from './sts/session-secret.ts';
import { createStsRoles } from './sts/sts-roles.ts';
import { createStsSessions } from './sts/sts-sessions.ts';
import { createWarn } from './warn.ts';

/** A running emulator. */
export interface Emulator extends AsyncDisposable {
  /** Where it listens: `http://127.0.0.1:9280`. */
  readonly url: string;
  /** The callbacks it has sent. */
  readonly journal: CallbackJournal;
  /** The objects it has stored. */
  readonly uploads: UploadJournal;
  /** What is to go wrong from now on. */
  readonly faults: Faults;
  /** Empties store and journal and ends the faults; the buckets of the options are there again, empty. */
  reset(): Promise<void>;
  /** Lets running requests end, for at most ten seconds, then stops. */
  close(): Promise<void>;
}

const operationTable = buildOperationTable(operations);

/**
 * Starts an emulated OSS in this process.
 * @throws {ConfigError} for an option that breaks its rule
 * @throws {StartError} when the address cannot be listened on
 * @throws {StoreError} when the store cannot be opened
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  checkOptions(options);
  const { host = '127.0.0.1', port = 0, region = 'cn-hangzhou', addressing = 'any', log = () => undefined } = options;
  const { accountId = DEFAULT_ACCOUNT_ID, credentials = DEVELOPMENT_CREDENTIALS, now = () => new Date() } = options;
  const { store, keyDir } = await openStore(options);
  const uploads = new MultipartUploads(store);

  const roles = createStsRoles(options.roles);
  const sessions = createStsSessions(await openSessionSecret(keyDir));
  const others = (options.otherAccounts ?? []).map((other) => other.credentials.accessKeySecret);
  const secrets = [credentials.accessKeySecret, credentials.securityToken, ...others].filter(
    (secret) => secret !== undefined,
  );
  const journal = createCallbackJournal<SentCallback>(secrets);
  const uploadJournal = createUploadJournal(secrets);
  const signingKey = createSigningKeySource(keyDir);
  const faults = createFaults();
  faults.set(...(options.faults ?? []));
  const publicUrl = createPublicUrl(options.publicUrl);
  const warn = createWarn(log, now);
  const targetRules = {
    targets: options.callbackTargets ?? 'local',
    routes: (options.callbackRoutes ?? []).map(readRoute),
  };
  const fetches = { tasks: createFetchTasks<ConfigurationNode>(), rules: targetRules };
  const callbacks = createCallbackSender({
    rules: { ...targetRules, timeoutMs: options.callbackTimeoutMs ?? CALLBACK_TIMEOUT_MS },
    signingKey,
    publicKeyUrl: () => `${publicUrl.get()}/__emulator/callback_pub_key_v1.pem`,
    ownerId: accountId,
    journal,
    warnings: createCallbackWarnings(warn),
    now,
    faults,
  });
  const reset = async (): Promise<void> => {
    fetches.tasks.clear();
    await store.reset();
    journal.clear();
    uploadJournal.clear();
    faults.clear();
    await createBuckets(options.buckets ?? [], emulator);
  };

  const bucketExists = async (name: string): Promise<boolean> => (await store.getBucket(name)) !== undefined;
  let known: { readonly url: string; readonly rules: AddressRules } | undefined;
  const addressRules = (): AddressRules => {
    const url = publicUrl.get();
    if (known?.url !== url) known = { url, rules: { ownHostNames: ownHostNames(host, url), bucketExists, addressing } };
    return known.rules;
  };

  const foreignBuckets = new Set(options.foreignBuckets ?? DEFAULT_FOREIGN_BUCKETS);
  const account = { id: accountId, credentials };
  const emulator: EmulatorContext = {
    store,
    uploads,
    account,
    otherAccounts: options.otherAccounts ?? [],
    region,
    foreignBuckets,
    now,
    callbacks,
    fetches,
    uploadJournal,
    sessions,
    roles,
    warn,
  };
  const server = createEmulatorServer({
    emulator,
    control: { journal, uploads: uploadJournal, callbacks, signingKey, publicUrl, faults, reset },
    operations: operationTable,
    sts: { account, sessions, roles, nonces: createNonceMemory(), log },
    faults,
    addressRules,
    log,
  });

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= server
      .stop()
      .then(() => fetches.tasks.close())
      .then(() => callbacks.settled())
      .then(() => store.close());
    return closing;
  };
  try {
    await uploads.sweep();
    await createBuckets(options.buckets ?? [], emulator);
    const url = await listen(server.http, host, port);
    publicUrl.setDefault(url);
    return { url, journal, uploads: uploadJournal, faults, reset, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function createBuckets(names: readonly string[], { store, now }: EmulatorContext): Promise<void> {
  for (const name of names) {
    await store.createBucket(newBucket(name, now()));
  }
}

function createPublicUrl(configured: string | undefined) {
  let url = configured ?? '';
  return {
    get: () => url,
    set: (changed: string) => {
      url = changed;
    },
    setDefault: (listening: string) => {
      if (url === '') url = listening;
    },
  };
}

function readRoute(text: string) {
  const route = parseCallbackRoute(text);
  if (route === undefined) throw new ConfigError('callbackRoutes must be FROM=TO, two origins');
  return route;
}

function ownHostNames(host: string, publicUrl: string): ReadonlySet<string> {
  const publicHost = publicUrl === '' ? undefined : parseHostName(new URL(publicUrl).host);
  return new Set([host.toLowerCase(), ...(publicHost === undefined ? [] : [publicHost])]);
}
