import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from './config-error.ts';

/**
 * A random ticket secret for development, made once and kept in a file only its owner can read, so that tickets outlive
 * a restart.
 *
 * @throws ConfigError when the folder cannot be written to
 */
export async function keptTicketSecret(dataDir: string): Promise<{ readonly secret: string; readonly isNew: boolean }> {
  const file = join(dataDir, 'upload-ticket-secret');
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const handle = await open(file, 'wx', 0o600).catch(() => undefined);
    if (handle === undefined) {
      return { secret: (await readFile(file, 'utf8')).trim(), isNew: false };
    }
    const secret = randomBytes(32).toString('base64url');
    await handle.writeFile(`${secret}\n`);
    await handle.close();
    return { secret, isNew: true };
  } catch (cause) {
    throw new ConfigError('DATA_DIR', 'must be a folder that can be written to', { cause });
  }
}
