import { hash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createBlock } from '../blocks/block.ts';
import { crc64 } from './crc64.ts';
import { digestLarge } from './digest-large.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

async function* inPieces(bytes: Buffer, pieceBytes: number) {
  for (let offset = 0; offset < bytes.length; offset += pieceBytes) yield bytes.subarray(offset, offset + pieceBytes);
}

async function* inOwnBlocks(bytes: Buffer, blockBytes: number) {
  for await (const piece of inPieces(bytes, blockBytes)) {
    const block = createBlock(piece.length);
    block.set(piece);
    yield block;
  }
}

async function digestOf(bytes: AsyncIterable<Uint8Array>) {
  const digested = digestLarge(bytes);
  const passed: Uint8Array[] = [];
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop
    const { done, value } = await digested.next();
    if (done === true) {
      return {
        sizeBytes: value.sizeBytes,
        md5: value.md5.toString('hex'),
        crc64: value.crc64,
        passed: passedOn(passed),
      };
    }
    passed.push(value);
  }
}

const passedOn = (blocks: readonly Uint8Array[]): string => hash('md5', Buffer.concat(blocks));

const expected = (bytes: Buffer) => {
  const md5 = hash('md5', bytes);
  return { sizeBytes: bytes.length, md5, crc64: crc64(bytes), passed: md5 };
};

describe('the digests of a large body', () => {
  it.each([
    [0, 1],
    [1, 1],
    [MIB - 1, 64 * KIB],
    [MIB, 64 * KIB],
    [MIB + 1, 64 * KIB],
    [2 * MIB, 512 * KIB],
    [5 * MIB + 7, 64 * KIB - 1],
    [7 * MIB, 3 * MIB],
    [300, 1],
  ])('are those of %i bytes in pieces of %i, which are passed on', async (sizeBytes, pieceBytes) => {
    const bytes = randomBytes(sizeBytes);
    expect(await digestOf(inPieces(bytes, pieceBytes))).toEqual(expected(bytes));
    expect(await digestOf(inOwnBlocks(bytes, pieceBytes))).toEqual(expected(bytes));
  });

  it('leave bytes alone that others may have', async () => {
    const bytes = randomBytes(3 * MIB);
    const before = hash('md5', bytes);
    await digestOf(inPieces(bytes, bytes.length));
    expect(hash('md5', bytes)).toBe(before);
  });

  it('keep the order of blocks and other bytes', async () => {
    const bytes = randomBytes(2 * MIB);
    async function* mixed() {
      yield* inPieces(bytes.subarray(0, 70_000), 1000);
      yield* inOwnBlocks(bytes.subarray(70_000, MIB), 100_000);
      yield* inPieces(bytes.subarray(MIB), 99_999);
    }
    expect(await digestOf(mixed())).toEqual(expected(bytes));
  });

  it('are kept apart for bodies that arrive at the same time', async () => {
    const bodies = Array.from({ length: 8 }, (_, index) => randomBytes(MIB + index * 300 * KIB));
    const digests = await Promise.all(bodies.map((bytes) => digestOf(inPieces(bytes, 64 * KIB))));
    expect(digests).toEqual(bodies.map(expected));
  });

  it('may be given up in the middle', async () => {
    for await (const _block of digestLarge(inPieces(randomBytes(7 * MIB), 64 * KIB))) break;
    const bytes = randomBytes(2 * MIB);
    expect(await digestOf(inPieces(bytes, 64 * KIB))).toEqual(expected(bytes));
  });

  it('pass a failure of the source on', async () => {
    async function* broken() {
      yield* inPieces(randomBytes(3 * MIB), 64 * KIB);
      throw new TypeError('connection reset');
    }
    await expect(digestOf(broken())).rejects.toThrow(new TypeError('connection reset'));
  });
});
