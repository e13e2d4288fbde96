import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readKeptFile } from '../kept-file.ts';
import { StartError } from '../start-error.ts';

const SECRET_BYTES = 32;
const FILE_NAME = 'sts-session-secret';

/**
 * What the credentials of sessions are derived from and their tokens sealed with.
 * @param dataDir where it survives a restart, and with it every session that has not expired; without it both end with
 * the process
 * @throws {StartError} when the file there holds something else
 */
export async function openSessionSecret(dataDir: string | undefined): Promise<Buffer> {
  if (dataDir === undefined) return randomBytes(SECRET_BYTES);
  const path = join(dataDir, FILE_NAME);
  const text = await readKeptFile(path, () => `${randomBytes(SECRET_BYTES).toString('hex')}\n`);
  const secret = Buffer.from(text.trim(), 'hex');
  if (secret.length !== SECRET_BYTES) throw new StartError(`${path} must hold ${SECRET_BYTES} bytes in hex`);
  return secret;
}
