import { open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** What gathers while one write is under way goes into the next: few large writes, and at most twice this much in memory. */
const WRITE_BUFFER_BYTES = 1024 * 1024;

/**
 * Writes all bytes to a new file; when that does not come to its end, the file is removed.
 *
 * @returns the number of bytes
 */
export async function writeStagedFile(file: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
  const handle = await open(file, 'wx');
  try {
    const output = handle.createWriteStream({ highWaterMark: WRITE_BUFFER_BYTES });
    await pipeline(bytes, output);
    return output.bytesWritten;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}
