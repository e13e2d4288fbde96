import { hash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { crc64 } from '../crc64.ts';
import { BodyDigests } from './body-digests.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

async function digestOf(bytes: Buffer, pieceBytes: number) {
  const body = new BodyDigests();
  try {
    for (let offset = 0; offset < bytes.length; offset += pieceBytes) {
      // oxlint-disable-next-line no-await-in-loop
      await body.update(bytes.subarray(offset, offset + pieceBytes));
    }
    const { md5, crc64: crc } = await body.digest();
    return { sizeBytes: body.sizeBytes, md5: md5.toString('hex'), crc64: crc };
  } finally {
    body.close();
  }
}

const expected = (bytes: Buffer) => ({ sizeBytes: bytes.length, md5: hash('md5', bytes), crc64: crc64(bytes) });

describe('the digests of a body', () => {
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
  ])('are those of %i bytes in pieces of %i', async (sizeBytes, pieceBytes) => {
    const bytes = randomBytes(sizeBytes);
    expect(await digestOf(bytes, pieceBytes)).toEqual(expected(bytes));
  });

  it('are kept apart for bodies that arrive at the same time', async () => {
    const bodies = Array.from({ length: 8 }, (_, index) => randomBytes(MIB + index * 300 * KIB));
    const digests = await Promise.all(bodies.map((bytes) => digestOf(bytes, 64 * KIB)));
    expect(digests).toEqual(bodies.map(expected));
  });

  it('may be given up in the middle', async () => {
    const body = new BodyDigests();
    await body.update(randomBytes(3 * MIB));
    body.close();
    const bytes = randomBytes(2 * MIB);
    expect(await digestOf(bytes, 64 * KIB)).toEqual(expected(bytes));
  });
});
