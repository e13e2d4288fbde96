import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES, createBlock } from '../blocks/block.ts';
import { BUCKET, newObject } from './conformance/store-under-test.conformance.ts';
import { MemoryObjectStore } from './memory-object-store.ts';
import { describeObjectStore } from './object-store.conformance.ts';

const OBJECT_BYTES = 32 * 1024 * 1024;
const TIMES = 60;

describeObjectStore('MemoryObjectStore', async () => new MemoryObjectStore());

describe('MemoryObjectStore', () => {
  it('gives back the memory of what is replaced, deleted and discarded', { timeout: 60_000 }, async () => {
    const store = new MemoryObjectStore();
    await store.createBucket(BUCKET);
    const startBytes = process.memoryUsage.rss();
    for (let time = 0; time < TIMES; time += 1) {
      const staged = await store.stage(blocks());
      if (time % 3 === 0) await store.discard(staged);
      else await store.commit(staged, newObject('large'));
      if (time % 3 === 2) await store.delete(BUCKET.name, 'large');
    }
    expect(process.memoryUsage.rss() - startBytes).toBeLessThan((TIMES * OBJECT_BYTES) / 3);
  });
});

async function* blocks() {
  for (let sizeBytes = 0; sizeBytes < OBJECT_BYTES; sizeBytes += BLOCK_BYTES) yield createBlock(BLOCK_BYTES);
}
