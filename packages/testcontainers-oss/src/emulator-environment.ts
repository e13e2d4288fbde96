import type { EmulatorSettings, S3StoreSettings } from './emulator-settings.ts';

/** The port that the emulator listens on inside its container. */
export const EMULATOR_PORT = 9280;

/** The variables that `oss-emulator` reads; what is left to its own default is left out. */
export function emulatorEnvironment(settings: EmulatorSettings): Record<string, string> {
  const { buckets, callbackTargets, callbackRoutes, addressing } = settings;
  return {
    OSS_EMULATOR_HOST: '0.0.0.0',
    OSS_EMULATOR_PORT: String(EMULATOR_PORT),
    OSS_EMULATOR_ACCESS_KEY_ID: settings.accessKeyId,
    OSS_EMULATOR_ACCESS_KEY_SECRET: settings.accessKeySecret,
    OSS_EMULATOR_REGION: settings.region,
    OSS_EMULATOR_PUBLIC_URL: settings.publicUrl,
    ...storeEnvironment(settings.store),
    ...(buckets.length === 0 ? {} : { OSS_EMULATOR_BUCKETS: buckets.join(' ') }),
    ...(callbackTargets === undefined ? {} : { OSS_EMULATOR_CALLBACK_TARGETS: callbackTargets }),
    ...(callbackRoutes.length === 0
      ? {}
      : { OSS_EMULATOR_CALLBACK_ROUTES: callbackRoutes.map(({ from, to }) => `${from}=${to}`).join(' ') }),
    ...(addressing === undefined ? {} : { OSS_EMULATOR_ADDRESSING: addressing }),
  };
}

function storeEnvironment(store: 'memory' | 'file' | S3StoreSettings): Record<string, string> {
  if (typeof store === 'string') return { OSS_EMULATOR_STORE: store };
  return {
    OSS_EMULATOR_STORE: 's3',
    OSS_EMULATOR_S3_ENDPOINT: store.endpoint,
    OSS_EMULATOR_S3_ACCESS_KEY: store.accessKey,
    OSS_EMULATOR_S3_SECRET_KEY: store.secretKey,
    ...(store.region === undefined ? {} : { OSS_EMULATOR_S3_REGION: store.region }),
  };
}
