import { Readable } from 'node:stream';

import { describe, expect, it } from 'vitest';

import { meterDigests } from './object-digests.ts';

describe('meterDigests', () => {
  // Values: OSS documentation, PutObject (ETag, CRC of an empty object) and Callback (the body "test\n").
  it.each([
    { body: '', etag: 'D41D8CD98F00B204E9800998ECF8427E', contentMd5: '1B2M2Y8AsgTpgAmY7PhCfg==', crc64: 0n },
    {
      body: 'hello',
      etag: '5D41402ABC4B2A76B9719D911017C592',
      contentMd5: 'XUFAKrxLKna5cZ2REBfFkg==',
      crc64: 11177612005948864433n,
    },
    { body: 'test\n', etag: 'D8E8FCA2DC0F896FD7CB4CB0031BA249' },
  ])('gives size, ETag, Content-MD5 and CRC-64 of $body', async ({ body, ...expected }) => {
    const metered = meterDigests(Readable.from([Buffer.from(body)]));
    await collect(metered.bytes);
    expect(metered.digests()).toMatchObject({ sizeBytes: body.length, ...expected });
    expect(metered.digests().md5.toString('hex').toUpperCase()).toBe(expected.etag);
  });

  it('passes the bytes on unchanged', async () => {
    const chunks = [Buffer.from('one'), Buffer.alloc(0), Buffer.from('two')];
    const metered = meterDigests(Readable.from(chunks));
    expect(Buffer.concat(await collect(metered.bytes)).toString()).toBe('onetwo');
    expect(metered.digests()).toMatchObject({ sizeBytes: 6 });
  });

  it('refuses digests of bytes that were not read to their end', async () => {
    const metered = meterDigests(Readable.from([Buffer.from('one'), Buffer.from('two')]));
    for await (const _ of metered.bytes) {
      break;
    }
    expect(() => metered.digests()).toThrow(/read to their end/);
  });

  it('passes a failure of the source on, and gives no digests then', async () => {
    async function* broken() {
      yield Buffer.from('one');
      throw new TypeError('connection reset');
    }
    const metered = meterDigests(broken());
    await expect(collect(metered.bytes)).rejects.toThrow('connection reset');
    expect(() => metered.digests()).toThrow(RangeError);
  });

  it('tells the source to stop when the reader stops', async () => {
    const source = Readable.from([Buffer.from('one'), Buffer.from('two')]);
    for await (const _ of meterDigests(source).bytes) {
      break;
    }
    expect(source.destroyed).toBe(true);
  });
});

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) {
    chunks.push(chunk);
  }
  return chunks;
}
