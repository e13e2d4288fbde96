import { freeMemory, isBlock } from '../blocks/block.ts';

/**
 * V8 counts the memory of every buffer, and looks through all objects for garbage each time some 30 MB have been added: five
 * times for an object of 128 MiB, which takes half as long as its MD5. It does not count shared memory. So that is where
 * large bytes are kept, though nobody shares them; and V8 is told when they are garbage.
 */
const LARGE_BYTES = 64 * 1024;

/** With so much more, V8 collects garbage whatever it has counted before. */
const COLLECTED_BYTES = 64 * 1024 * 1024;

/** Where the bytes may stay; `bytes` is not to be used any more. */
export function keepBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.length < LARGE_BYTES) return bytes;
  const kept = Buffer.from(new SharedArrayBuffer(bytes.length));
  kept.set(bytes);
  if (isBlock(bytes)) freeMemory(bytes.buffer);
  return kept;
}

/**
 * Tells that about so many bytes that were kept are garbage now: by memory that V8 does count, is garbage at once, and costs
 * nothing, for nobody ever touches it.
 */
export function forgetBytes(sizeBytes: number): void {
  if (sizeBytes >= LARGE_BYTES) Buffer.allocUnsafeSlow(Math.min(sizeBytes, COLLECTED_BYTES));
}
