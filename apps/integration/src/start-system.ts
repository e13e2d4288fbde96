import { startCallbackServer } from '@oss-callback/callback-server';
import { startEmulator } from '@oss-callback/oss-emulator';
import type { Credentials } from '@oss-callback/oss-signing';

/** Everything a round trip needs, wherever it runs: both addresses, and the account that owns the bucket. */
export interface System extends AsyncDisposable {
  readonly emulatorUrl: string;
  readonly callbackServerUrl: string;
  readonly credentials: Credentials;
  readonly region: string;
  readonly bucket: string;
}

export interface StartSystemOptions {
  /** What OSS calls instead of the callback server itself, for tests that put something in between. */
  readonly publicUrl?: string;
  /** In place of OSS's five seconds, for tests that wait for them to pass. */
  readonly callbackTimeoutMs?: number;
}

/** The documented development pair; see the emulator's configuration. */
export const CREDENTIALS: Credentials = {
  accessKeyId: 'emulator-access-key-id',
  accessKeySecret: 'emulator-access-key-secret',
};
export const REGION = 'cn-hangzhou';
export const BUCKET = 'oss-callback-demo';

/** Emulator and callback server in this process, on free ports, with embedded stores that vanish at the end. */
export async function startSystem({ publicUrl, callbackTimeoutMs }: StartSystemOptions = {}): Promise<System> {
  await using resources = new AsyncDisposableStack();
  const emulator = resources.use(
    await startEmulator({
      region: REGION,
      credentials: CREDENTIALS,
      buckets: [BUCKET],
      ...(callbackTimeoutMs === undefined ? {} : { callbackTimeoutMs }),
    }),
  );
  const account = { emulatorUrl: emulator.url, credentials: CREDENTIALS, region: REGION, bucket: BUCKET };

  const publicKeyUrl = `${emulator.url}/__emulator/callback_pub_key_v1.pem`;
  const publicKey = await (await fetch(publicKeyUrl)).text();
  const server = resources.use(
    await startCallbackServer({
      ossEndpoint: emulator.url,
      ossRegion: REGION,
      ossBucket: BUCKET,
      ossCredentials: CREDENTIALS,
      callbackPublicKeys: new Map([[publicKeyUrl, publicKey]]),
      ...(publicUrl === undefined ? {} : { publicUrl }),
    }),
  );

  const started = resources.move();
  return { ...account, callbackServerUrl: server.url, [Symbol.asyncDispose]: () => started.disposeAsync() };
}
