import { Readable } from 'node:stream';

import { describe, expect, it } from 'vitest';

import { consumeSource } from './consume-source.ts';

const failure = (error: unknown) => new RangeError('store failed', { cause: error });

describe('consumeSource', () => {
  it('gives the bytes to the work and its result back', async () => {
    const result = await consumeSource(Readable.from([Buffer.from('a')]), collect, failure);
    expect(result).toEqual([Buffer.from('a')]);
  });

  it('passes a failure of the source unchanged, even when the work dresses it up', async () => {
    const reset = new TypeError('connection reset');
    async function* broken() {
      yield Buffer.from('a');
      throw reset;
    }
    const work = (bytes: AsyncIterable<Uint8Array>) =>
      collect(bytes).catch(() => Promise.reject(new TypeError('work failed')));
    await expect(consumeSource(broken(), work, failure)).rejects.toBe(reset);
  });

  it('makes a failure of the work one of the store', async () => {
    const full = new TypeError('disk full');
    const consuming = consumeSource(Readable.from([Buffer.from('a')]), () => Promise.reject(full), failure);
    await expect(consuming).rejects.toMatchObject({ message: 'store failed', cause: full });
  });
});

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) {
    chunks.push(chunk);
  }
  return chunks;
}
