import { createCrc64Machine, INPUT_CAPACITY_BYTES, INPUT_OFFSET, TABLE_COUNT } from './crc64-wasm.ts';
import type { Crc64Machine } from './crc64-wasm.ts';

/**
 * CRC-64/XZ, the checksum of OSS's `x-oss-hash-crc64ecma` header: polynomial of ECMA-182, bits reflected, register
 * preset and result inverted. Parameters: OSS documentation, *AppendObject*.
 */
const REFLECTED_POLYNOMIAL = 0xc96c5795d7870f42n;
const ALL_ONES = 0xffff_ffff_ffff_ffffn;

/** The CRC of bytes that arrive in pieces. */
export class Crc64 {
  #register = ALL_ONES;

  update(bytes: Uint8Array): this {
    const { update, input } = (machine ??= startMachine());
    for (let offset = 0; offset < bytes.length; offset += INPUT_CAPACITY_BYTES) {
      const piece = bytes.subarray(offset, offset + INPUT_CAPACITY_BYTES);
      input.set(piece);
      this.#register = update(this.#register, INPUT_OFFSET, INPUT_OFFSET + piece.length);
    }
    return this;
  }

  /** 0 to 2^64-1. May be asked at any time, and again after more bytes. */
  digest(): bigint {
    return BigInt.asUintN(64, ~this.#register);
  }
}

/** @returns the CRC-64/XZ of `bytes`, 0 to 2^64-1; of no bytes 0 */
export function crc64(bytes: Uint8Array): bigint {
  return new Crc64().update(bytes).digest();
}

/**
 * The CRC of A followed by B, from the CRCs of both: the register of A is shifted on by as many zero bits as B has, which
 * is a multiplication by x^bits modulo the polynomial. zlib's `crc32_combine` does the same.
 *
 * @param sizeOfBBytes length of B, a whole number of bytes
 */
export function combineCrc64(crcOfA: bigint, crcOfB: bigint, sizeOfBBytes: number): bigint {
  if (sizeOfBBytes !== lastShift.sizeBytes) {
    lastShift = { sizeBytes: sizeOfBBytes, power: powerOfX(BigInt(sizeOfBBytes) * 8n) };
  }
  return multiply(crcOfA, lastShift.power) ^ crcOfB;
}

// Polynomials modulo the CRC's own, reflected: bit 63 is the coefficient of x^0.
const ONE = 1n << 63n;
const X = 1n << 62n;

/** The parts of an upload mostly have one size, and the power takes some forty times as long as what it is used for. */
let lastShift = { sizeBytes: 0, power: ONE };

function powerOfX(exponent: bigint): bigint {
  let power = ONE;
  for (let square = X, rest = exponent; rest > 0n; square = multiply(square, square), rest >>= 1n) {
    if ((rest & 1n) === 1n) {
      power = multiply(power, square);
    }
  }
  return power;
}

function multiply(a: bigint, b: bigint): bigint {
  let product = 0n;
  for (let bit = 63n, bTimesX = b; bit >= 0n; bit -= 1n, bTimesX = timesX(bTimesX)) {
    if (((a >> bit) & 1n) === 1n) {
      product ^= bTimesX;
    }
  }
  return product;
}

function timesX(a: bigint): bigint {
  return (a & 1n) === 1n ? (a >> 1n) ^ REFLECTED_POLYNOMIAL : a >> 1n;
}

/** One for all: `update` runs to its end before anyone else can. Made at the first use, which takes a few milliseconds. */
let machine: (Pick<Crc64Machine, 'update'> & { readonly input: Uint8Array }) | undefined;

function startMachine() {
  const { memory, update } = createCrc64Machine();
  new BigUint64Array(memory.buffer, 0, TABLE_COUNT * 256).set(slicingTables());
  return { update, input: new Uint8Array(memory.buffer, INPUT_OFFSET) };
}

/** Table `t`, entry `b`, at index 256·t + b: the register after the byte `b` and `t` zero bytes. */
function slicingTables(): BigUint64Array {
  const tables = new BigUint64Array(TABLE_COUNT * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let register = BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) {
      register = timesX(register);
    }
    tables[byte] = register;
  }
  for (let index = 256; index < tables.length; index += 1) {
    const register = tables[index - 256] ?? 0n;
    tables[index] = (register >> 8n) ^ (tables[Number(register & 0xffn)] ?? 0n);
  }
  return tables;
}
