import { open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

import { StoreError } from './store-error.ts';

/** What gathers while one write is under way goes into the next: few large writes, and at most twice this much in memory. */
const WRITE_BUFFER_BYTES = 1024 * 1024;

/**
 * Writes all bytes to a new file; when that does not come to its end, the file is removed.
 *
 * @returns the number of bytes
 * @throws what `bytes` throws, unchanged; {@link StoreError} when writing fails
 */
export async function writeStagedFile(file: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
  let sourceError: { readonly error: unknown } | undefined;
  async function* source() {
    try {
      yield* bytes;
    } catch (error) {
      sourceError = { error };
      throw error;
    }
  }
  try {
    const handle = await open(file, 'wx');
    const output = handle.createWriteStream({ highWaterMark: WRITE_BUFFER_BYTES });
    await pipeline(source(), output);
    return output.bytesWritten;
  } catch (error) {
    await rm(file, { force: true });
    if (sourceError !== undefined) {
      throw sourceError.error;
    }
    throw new StoreError('disk-failed', `staging: ${(error as Error).message}`, { cause: error });
  }
}
