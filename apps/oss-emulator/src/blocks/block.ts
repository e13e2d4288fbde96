/**
 * Many bytes in memory of their own, of which their holder knows that nobody else has it: they can be handed to another
 * thread and back without a copy, and freed without waiting for the garbage collector, which costs as much as receiving
 * them. Who passes a block on has it no more. What `subarray` makes of it are ordinary bytes.
 */
export type Block = Buffer<ArrayBuffer>;

/** Large enough that messages and system calls cost nothing beside the work, small enough for many uploads at a time. */
export const BLOCK_BYTES = 512 * 1024;

const blocks = new WeakSet<Uint8Array>();

/** @param memory that nobody else has */
export function blockOf(memory: ArrayBuffer): Block {
  const block = Buffer.from(memory);
  blocks.add(block);
  return block;
}

/** What is in it is chance. */
export function createBlock(sizeBytes: number): Block {
  return blockOf(Buffer.allocUnsafeSlow(sizeBytes).buffer);
}

export function isBlock(bytes: Uint8Array): bytes is Block {
  return blocks.has(bytes);
}

/** At once: nobody needs it any more. */
export function freeMemory(memory: ArrayBuffer): void {
  memory.transfer(0);
}
