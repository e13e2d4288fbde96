import { randomBytes } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { combineCrc64, Crc64, crc64 } from './crc64.ts';

describe('crc64', () => {
  it.each([
    ['', 0n, 'OSS documentation, PutObject: header value of an empty object'],
    ['123456789', 11051210869376104954n, 'OSS documentation, AppendObject; SDK tests'],
    ['hi oss', 8707180448768400016n, 'alibabacloud-oss-go-sdk-v2, mock tests'],
    ['This is a test of the emergency broadcast system.', 2871916124362751090n, 'aliyun-oss-go-sdk, oss/crc_test.go'],
    [
      'Even if I could be Shakespeare, I think I should still choose to be Faraday. - A. Huxley',
      8850241425668899847n,
      'aliyun-oss-go-sdk, oss/crc_test.go',
    ],
  ])('of %j is %d (%s)', (text, expected) => {
    expect(crc64(Buffer.from(text))).toBe(expected);
  });

  it('agrees with the definition, bit by bit, for every length around the steps of eight bytes', () => {
    const bytes = randomBytes(40);
    for (let length = 0; length <= bytes.length; length += 1) {
      const piece = bytes.subarray(0, length);
      expect(crc64(piece)).toBe(bitByBit(piece));
    }
  });

  it('agrees with the definition for input larger than the memory of the machine', () => {
    const bytes = randomBytes(300_001);
    expect(crc64(bytes)).toBe(bitByBit(bytes));
  });

  it('agrees with itself for large input, however it is cut', () => {
    const bytes = randomBytes(1_000_000);
    const whole = crc64(bytes);
    for (const pieceBytes of [1000, 27_535, 27_536, 27_537, 27_551, 27_552, 30_001, 262_144, 300_000]) {
      const crc = new Crc64();
      for (let offset = 0; offset < bytes.length; offset += pieceBytes) {
        crc.update(bytes.subarray(offset, offset + pieceBytes));
      }
      expect([pieceBytes, crc.digest()]).toEqual([pieceBytes, whole]);
    }
  });
});

describe('Crc64', () => {
  it('gives the same result however the bytes are cut into pieces', () => {
    const bytes = randomBytes(1_000);
    for (const pieceBytes of [1, 7, 8, 9, 333, 999]) {
      const crc = new Crc64();
      for (let offset = 0; offset < bytes.length; offset += pieceBytes) {
        crc.update(bytes.subarray(offset, offset + pieceBytes));
      }
      expect(crc.digest()).toBe(crc64(bytes));
    }
  });

  it('keeps several computations apart', () => {
    const [a, b] = [new Crc64().update(Buffer.from('1234')), new Crc64().update(Buffer.from('hi '))];
    a.update(Buffer.from('56789'));
    b.update(Buffer.from('oss'));
    expect([a.digest(), b.digest()]).toEqual([11051210869376104954n, 8707180448768400016n]);
  });
});

describe('combineCrc64', () => {
  it('joins the parts of the published check value', () => {
    // aliyun-oss-python-sdk, unit tests of crc64_combine
    expect(combineCrc64(6748440630437108969n, 10278880121275185425n, 4)).toBe(11051210869376104954n);
  });

  it('gives the CRC of the concatenation for any two lengths', () => {
    for (const [sizeOfA, sizeOfB] of [
      [0, 0],
      [0, 5],
      [5, 0],
      [1, 1],
      [100, 65_537],
      [65_537, 3],
    ] as const) {
      const [a, b] = [randomBytes(sizeOfA), randomBytes(sizeOfB)];
      expect(combineCrc64(crc64(a), crc64(b), sizeOfB)).toBe(crc64(Buffer.concat([a, b])));
    }
  });

  it('takes part sizes beyond 32 bits', () => {
    const fiveGiB = 5 * 1024 ** 3;
    const halves = combineCrc64(combineCrc64(1n, 0n, fiveGiB / 2), 0n, fiveGiB / 2);
    expect(combineCrc64(1n, 0n, fiveGiB)).toBe(halves);
  });
});

/** The definition, without tables: slow, and independent of the code under test. */
function bitByBit(bytes: Uint8Array): bigint {
  let register = 0xffff_ffff_ffff_ffffn;
  for (const byte of bytes) {
    register ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) {
      register = register & 1n ? (register >> 1n) ^ 0xc96c5795d7870f42n : register >> 1n;
    }
  }
  return register ^ 0xffff_ffff_ffff_ffffn;
}
