import { parseArgs } from 'node:util';
import { readConfig } from './config/config.ts';
import { ConfigError } from './config/config-error.ts';
import { helpText } from './config/help-text.ts';
import { optionsFromConfig } from './config/options-from-config.ts';
import { DatabaseOpenError } from './database/database-open-error.ts';
import { startCallbackServer } from './start-callback-server.ts';

const writeLog = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * The command: reads the environment, starts the server, runs until it is told to stop.
 *
 * @returns the exit code: 0 after a clean stop, 1 when it cannot start, 2 for wrong arguments
 */
export async function runCallbackServer(args: readonly string[]): Promise<number> {
  try {
    const { values } = parseArgs({ args: [...args], options: { help: { type: 'boolean', short: 'h' } } });
    if (values.help === true) {
      process.stdout.write(helpText());
      return 0;
    }
  } catch (error) {
    process.stderr.write(`oss-callback-server: ${error instanceof Error ? error.message : 'wrong arguments'}\n`);
    return 2;
  }
  try {
    const server = await startCallbackServer(await optionsFromConfig(readConfig(), writeLog));
    process.stdout.write(`${JSON.stringify({ event: 'listening', url: server.url })}\n`);
    await untilToldToStop();
    await server.close();
    return 0;
  } catch (error) {
    if (error instanceof ConfigError || error instanceof DatabaseOpenError) {
      process.stderr.write(`oss-callback-server: ${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve());
  });
}
