import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../database/make-folder.ts';
import { ConfigError } from './config-error.ts';

/**
 * A random ticket secret for development, made once and kept in a file only its owner can read, so that tickets outlive
 * a restart.
 *
 * @throws ConfigError when the folder cannot be written to
 */
export async function keptTicketSecret(dataDir: string): Promise<{ readonly secret: string; readonly isNew: boolean }> {
  const file = join(dataDir, 'upload-ticket-secret');
  const secret = randomBytes(32).toString('base64url');
  try {
    await makeFolder(dataDir);
    // Written beside, then linked: whoever starts at the same time finds the whole secret or makes its own.
    const temporary = `${file}.${process.pid}`;
    await writeFile(temporary, `${secret}\n`, { mode: 0o600 });
    const isNew = await link(temporary, file).then(
      () => true,
      () => false,
    );
    await rm(temporary);
    return { secret: (await readFile(file, 'utf8')).trim(), isNew };
  } catch (cause) {
    throw new ConfigError('DATA_DIR', 'must be a folder that can be written to', { cause });
  }
}
