import {
  createCrc64Machine,
  FOLD_BYTES,
  INPUT_CAPACITY_BYTES,
  INPUT_OFFSET,
  REST_OFFSET,
  STEP_BYTES,
  TABLE_COUNT,
} from './crc64-wasm.ts';

/**
 * CRC-64/XZ, the checksum of OSS's `x-oss-hash-crc64ecma` header: polynomial of ECMA-182, bits reflected, register
 * preset and result inverted. Parameters: OSS documentation, *AppendObject*.
 */
const REFLECTED_POLYNOMIAL = 0xc96c5795d7870f42n;
const ALL_ONES = 0xffff_ffff_ffff_ffffn;

/** Below that, to put the last bytes apart costs as much as is gained. */
const FOLDED_FROM_BYTES = 4 * FOLD_BYTES;

/** The CRC of bytes that arrive in pieces. */
export class Crc64 {
  #register = ALL_ONES;

  update(bytes: Uint8Array): this {
    for (let offset = 0; offset < bytes.length; offset += INPUT_CAPACITY_BYTES) {
      this.#updatePiece(bytes.subarray(offset, offset + INPUT_CAPACITY_BYTES));
    }
    return this;
  }

  /** 0 to 2^64-1. May be asked at any time, and again after more bytes. */
  digest(): bigint {
    return BigInt.asUintN(64, ~this.#register);
  }

  #updatePiece(piece: Uint8Array): void {
    const { update, fold, bytes, words } = (machine ??= startMachine());
    bytes.set(piece, INPUT_OFFSET);
    const end = INPUT_OFFSET + piece.length;
    if (piece.length < FOLDED_FROM_BYTES) {
      this.#register = update(this.#register, INPUT_OFFSET, end);
      return;
    }
    // A register before the bytes does what it does when it is added to the first of them.
    const first = INPUT_OFFSET / words.BYTES_PER_ELEMENT;
    words[first] = (words[first] ?? 0n) ^ BigInt.asUintN(64, this.#register);
    const foldedBytes = Math.floor((piece.length - FOLD_BYTES) / STEP_BYTES) * STEP_BYTES;
    const rest = INPUT_OFFSET + foldedBytes;
    fold(INPUT_OFFSET, rest, INPUT_OFFSET - FOLD_BYTES);
    // The last bytes get theirs, but are folded no further: where they were there is nothing now.
    bytes.copyWithin(REST_OFFSET, rest, end);
    bytes.fill(0, rest, end);
    const restEnd = REST_OFFSET + (end - rest);
    fold(REST_OFFSET, restEnd, rest - FOLD_BYTES);
    this.#register = update(0n, REST_OFFSET, restEnd);
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
let machine: ReturnType<typeof startMachine> | undefined;

function startMachine() {
  const { memory, update, fold } = createCrc64Machine();
  const words = new BigUint64Array(memory.buffer);
  words.set(slicingTables());
  return { update, fold, words, bytes: new Uint8Array(memory.buffer) };
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
