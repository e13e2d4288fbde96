import { ConfigError } from './config/config-error.ts';
import { readConfig } from './config/config.ts';
import type { EmulatorConfig } from './config/config.ts';
import type { EmulatorOptions } from './emulator-options.ts';
import { helpText } from './config/help-text.ts';
import { startEmulator } from './start-emulator.ts';
import { StartError } from './start-error.ts';
import { StoreError } from './store/store-error.ts';
import { readRolesFile } from './sts/read-roles-file.ts';
import { welcomeText } from './config/welcome-text.ts';

const EXIT_CANNOT_START = 1;
const EXIT_USAGE = 2;

try {
  const config = readConfig(process.argv.slice(2));
  if (config === 'help') process.stdout.write(helpText());
  else await run(config);
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof StartError || error instanceof StoreError)) throw error;
  process.stderr.write(`oss-emulator: ${error.message}\n`);
  process.exitCode = error instanceof ConfigError ? EXIT_USAGE : EXIT_CANNOT_START;
}

async function run(config: EmulatorConfig): Promise<void> {
  const emulator = await startEmulator(await emulatorOptions(config));
  const stop = (): void => {
    // The second signal finds no handler and ends the process at once.
    process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
    void emulator.close();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  process.stdout.write(`${JSON.stringify({ event: 'listening', url: emulator.url })}\n`);
  if (process.stderr.isTTY) process.stderr.write(welcomeText(emulator.url, config));
}

async function emulatorOptions(config: EmulatorConfig): Promise<EmulatorOptions> {
  const { accessKeyId, accessKeySecret, s3Endpoint, s3AccessKey, s3SecretKey, s3Region, rolesFile, ...options } =
    config;
  if ((accessKeyId === undefined) !== (accessKeySecret === undefined)) {
    throw new ConfigError('--access-key-id and --access-key-secret must be given together');
  }
  return {
    ...options,
    ...(rolesFile === undefined ? {} : { roles: await readRolesFile(rolesFile) }),
    ...(accessKeyId === undefined || accessKeySecret === undefined
      ? {}
      : { credentials: { accessKeyId, accessKeySecret } }),
    ...(s3Endpoint === undefined || s3AccessKey === undefined || s3SecretKey === undefined
      ? {}
      : {
          s3: {
            endpoint: s3Endpoint,
            accessKey: s3AccessKey,
            secretKey: s3SecretKey,
            ...(s3Region === undefined ? {} : { region: s3Region }),
          },
        }),
    log: (line) => process.stderr.write(`${line}\n`),
  };
}
