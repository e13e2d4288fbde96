import { Readable } from 'node:stream';

import { describe, expect, it } from 'vitest';

import { smallOrLarge } from './small-or-large.ts';

describe('smallOrLarge', () => {
  it('gives bytes up to the limit in one piece', async () => {
    const result = await smallOrLarge(Readable.from([Buffer.from('12'), Buffer.from('34')]), 4);
    expect(result).toEqual({ small: Buffer.from('1234') });
  });

  it('gives an empty piece for no bytes', async () => {
    expect(await smallOrLarge(Readable.from([]), 4)).toEqual({ small: Buffer.alloc(0) });
  });

  it('gives all the bytes as a stream when they exceed the limit', async () => {
    const result = await smallOrLarge(Readable.from([Buffer.from('12'), Buffer.from('345'), Buffer.from('67')]), 4);
    expect(await text(result)).toBe('1234567');
  });

  it('reads no further than it has to', async () => {
    let chunksRead = 0;
    async function* counted() {
      for (;;) {
        chunksRead += 1;
        yield Buffer.from('12');
      }
    }
    await smallOrLarge(counted(), 4);
    expect(chunksRead).toBe(3);
  });

  it('tells the source to stop when the reader of the stream stops, even among the first chunks', async () => {
    const source = Readable.from([Buffer.from('12'), Buffer.from('345'), Buffer.from('67')]);
    const result = await smallOrLarge(source, 4);
    for await (const _ of 'large' in result ? result.large : []) {
      break;
    }
    expect(source.destroyed).toBe(true);
  });
});

async function text(result: Awaited<ReturnType<typeof smallOrLarge>>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of 'large' in result ? result.large : []) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
