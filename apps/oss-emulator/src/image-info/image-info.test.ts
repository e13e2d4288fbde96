import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { readImageInfo } from './image-info.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const fixtureNames = readdirSync(FIXTURES);
const fixture = (name: string) => readFileSync(join(FIXTURES, name));

// Drawn with Pillow and libheif. The EXIF image holds a thumbnail of another size; the first TIFF has its directory at the
// end; the second image of the HEIC, padded to 64 × 64, is the primary one.
const expected: Record<string, { format: string; width: number; height: number }> = {
  'baseline.jpg': { format: 'jpg', width: 61, height: 37 },
  'exif-thumbnail-progressive.jpg': { format: 'jpg', width: 61, height: 37 },
  'rgb.png': { format: 'png', width: 61, height: 37 },
  'palette.png': { format: 'png', width: 61, height: 37 },
  'still.gif': { format: 'gif', width: 61, height: 37 },
  'animated.gif': { format: 'gif', width: 61, height: 37 },
  'rgb.bmp': { format: 'bmp', width: 61, height: 37 },
  'lossy.webp': { format: 'webp', width: 61, height: 37 },
  'lossless.webp': { format: 'webp', width: 61, height: 37 },
  'alpha.webp': { format: 'webp', width: 61, height: 37 },
  'little-endian.tif': { format: 'tiff', width: 61, height: 37 },
  'big-endian.tif': { format: 'tiff', width: 21, height: 13 },
  'second-is-primary.heic': { format: 'heic', width: 62, height: 38 },
};

describe('readImageInfo', () => {
  it.each(fixtureNames)('finds format and size of %s', async (name) => {
    expect(await infoOf(fixture(name))).toEqual(expected[name]);
  });

  it.each(fixtureNames)(
    'finds the same or nothing in %s cut off anywhere, and reads within the object',
    async (name) => {
      const whole = fixture(name);
      const results = new Set<string>();
      for (let length = 0; length < whole.length; length += 1) {
        results.add(JSON.stringify(await infoOf(whole.subarray(0, length))) ?? 'nothing');
      }
      results.delete(JSON.stringify(expected[name]));
      expect([...results]).toEqual(['nothing']);
    },
  );

  it.each(fixtureNames)('survives any changed byte in %s', async (name) => {
    const whole = fixture(name);
    for (let position = 0; position < whole.length; position += 1) {
      for (const value of [0x00, 0x01, 0x7f, 0xff]) {
        const changed = Buffer.from(whole);
        changed[position] = value;
        const info = await infoOf(changed);
        expect(info === undefined || (info.width > 0 && info.height > 0)).toBe(true);
      }
    }
  });

  it.each([
    ['an empty object', Buffer.alloc(0)],
    ['text', Buffer.from('GIF is a format, BM are initials, and this is text.')],
    ['a PDF', Buffer.from('%PDF-1.7 and so on and on and on and on and on')],
    ['a video in boxes like those of HEIC', Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isomiso2\0\0\0\x08free', 'latin1')],
    ['a JPEG whose data begins before any frame header', Buffer.from('ffd8ffda000c03010002110311003f00', 'hex')],
    ['a PNG of no width', Buffer.from('89504e470d0a1a0a0000000d494844520000000000000025', 'hex')],
    ['zeros', Buffer.alloc(100)],
  ])('finds nothing in %s', async (_, bytes) => {
    expect(await infoOf(bytes)).toBeUndefined();
  });

  it('takes a bitmap whose rows go from top to bottom, and the oldest kind', async () => {
    const topDown = fixture('rgb.bmp');
    topDown.writeInt32LE(-37, 22);
    expect(await infoOf(topDown)).toEqual({ format: 'bmp', width: 61, height: 37 });
    const oldest = Buffer.alloc(30);
    oldest.write('BM');
    oldest.writeUInt32LE(12, 14);
    oldest.writeUInt16LE(61, 18);
    oldest.writeUInt16LE(37, 20);
    expect(await infoOf(oldest)).toEqual({ format: 'bmp', width: 61, height: 37 });
  });

  it('finds the size of a JPEG behind megabytes of metadata by reading little of it', async () => {
    const baseline = fixture('baseline.jpg');
    const profile = Buffer.concat([Buffer.from([0xff, 0xe2, 0xff, 0xff]), Buffer.alloc(0xfffd, 0xd8)]);
    const segments = Array.from({ length: 50 }, () => profile);
    const bytes = Buffer.concat([baseline.subarray(0, 2), ...segments, baseline.subarray(2)]);
    const reads: number[] = [];
    expect(await infoOf(bytes, reads)).toEqual({ format: 'jpg', width: 61, height: 37 });
    expect(bytes.length).toBeGreaterThan(3_000_000);
    expect(sum(reads)).toBeLessThan(100_000);
  });

  it.each([
    [
      'endless JPEG segments',
      Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(20_000_000, '\xff\xe0\xff\xff', 'latin1')]),
    ],
    ['endless JPEG padding', Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(20_000_000, 0xff)])],
    ['endless boxes', Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), endlessBoxes()])],
  ])('gives up on %s', async (_, bytes) => {
    const reads: number[] = [];
    expect(await infoOf(bytes, reads)).toBeUndefined();
    expect(reads.length).toBeLessThanOrEqual(256);
    expect(sum(reads)).toBeLessThan(300_000);
  });

  it('finds nothing when the object has become shorter meanwhile', async () => {
    const whole = fixture('rgb.png');
    expect(await readImageInfo(async (start) => whole.subarray(start, 20), whole.length)).toBeUndefined();
  });

  it('passes on what reading fails with', async () => {
    const failing = readImageInfo(() => Promise.reject(new RangeError('disk failed')), 100);
    await expect(failing).rejects.toThrow(new RangeError('disk failed'));
  });
});

/** @param reads collects how many bytes each read asked for */
async function infoOf(bytes: Buffer, reads: number[] = []) {
  return readImageInfo(async (start, end) => {
    expect(start >= 0 && start <= end && end < bytes.length).toBe(true);
    reads.push(end - start + 1);
    return bytes.subarray(start, end + 1);
  }, bytes.length);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function endlessBoxes(): Buffer {
  return Buffer.alloc(20_000_000, '\0\0\0\x10free\0\0\0\0\0\0\0\0', 'latin1');
}
