import { open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { freeMemory } from '../blocks/block.ts';
import type { Block } from '../blocks/block.ts';
import { inBlocks } from '../blocks/block-filler.ts';

/**
 * Writes all bytes to a new file; when that does not come to its end, the file is removed.
 *
 * @returns the number of bytes
 */
export async function writeStagedFile(file: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
  const handle = await open(file, 'wx');
  try {
    try {
      return await writeAll(handle, bytes);
    } finally {
      await handle.close();
    }
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/** While one block is written, the next is asked for. */
async function writeAll(handle: FileHandle, bytes: AsyncIterable<Uint8Array>): Promise<number> {
  let sizeBytes = 0;
  let writing = Promise.resolve();
  try {
    for await (const block of inBlocks(bytes)) {
      await writing;
      sizeBytes += block.length;
      writing = writeBlock(handle, block);
      // It is awaited a turn later; until then a failure would count as unhandled.
      writing.catch(() => undefined);
    }
  } finally {
    await writing;
  }
  return sizeBytes;
}

async function writeBlock(handle: FileHandle, block: Block): Promise<void> {
  for (let offset = 0; offset < block.length;) {
    // oxlint-disable-next-line no-await-in-loop -- mostly once: a regular file takes all of it
    const { bytesWritten } = await handle.write(block, offset);
    offset += bytesWritten;
  }
  freeMemory(block.buffer);
}
