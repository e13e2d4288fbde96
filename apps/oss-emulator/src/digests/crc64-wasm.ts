/**
 * The inner loop of CRC-64/XZ as a WebAssembly module of some 500 bytes, put together here so that its source can be
 * read. Written in JavaScript, with each 64-bit word in two 32-bit halves, such a loop takes longer than the MD5 beside it.
 *
 * "Slicing by sixteen": table `t`, entry `b`, holds the CRC register after the byte `b` and `t` zero bytes, so sixteen
 * bytes of input cost sixteen look-ups that do not wait for each other. The tables, 32 KiB, lie at address 0, the input
 * behind them. By eight takes half as long again.
 *
 * Most of a large input is folded away before: see {@link FOLD_EXPONENTS}.
 */

export const TABLE_COUNT = 16;
const TABLE_BYTES = 256 * 8;
const PAGE_BYTES = 65_536;

/**
 * The sum of x⁸ᵉ for these e, for {@link FOLD_BYTES} and for 0 is a multiple of the CRC's polynomial. So the CRC stays the
 * same when a byte is taken away and xored to the seven that lie FOLD_BYTES − e and FOLD_BYTES behind it. Done from the first
 * byte on, every byte is xored with what the seven before it have become, and only the last FOLD_BYTES are left for the
 * tables (zlib-ng does so for CRC-32, under the name of "Chorba"). That needs no table, and takes sixteen bytes in one step, as none of the
 * seven is closer than that. Any such sum will do; this one was found by looking for sums of three and of four powers of x
 * that differ by 1.
 */
const FOLD_EXPONENTS = [2423, 3202, 3693, 5848, 6017, 6297];
export const FOLD_BYTES = 6884;
export const STEP_BYTES = 16;
/** In whole steps. */
const ROOM_FOR_FOLD_BYTES = Math.ceil(FOLD_BYTES / STEP_BYTES + 1) * STEP_BYTES;

// Tables, zeros where the bytes before the input would be, the input, its last bytes apart.
export const INPUT_OFFSET = TABLE_COUNT * TABLE_BYTES + ROOM_FOR_FOLD_BYTES;
export const INPUT_CAPACITY_BYTES = 256 * 1024;
export const REST_OFFSET = INPUT_OFFSET + INPUT_CAPACITY_BYTES;
const MEMORY_PAGES = Math.ceil((REST_OFFSET + ROOM_FOR_FOLD_BYTES) / PAGE_BYTES);

export interface Crc64Machine {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** The register after the input bytes from address `at` up to, not including, `end`. */
  readonly update: (register: bigint, at: number, end: number) => bigint;
  /**
   * Xors each byte from address `at` up to `end`, in steps of sixteen, with the seven before it.
   * @param behind address of the byte that lies FOLD_BYTES before the one at `at`, or before where that one was
   */
  readonly fold: (at: number, end: number, behind: number) => void;
}

export function createCrc64Machine(): Crc64Machine {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(moduleBytes())));
  return exports as Crc64Machine;
}

/** What is used of it: TypeScript declares WebAssembly only together with everything that browsers have. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

// Encoding: https://webassembly.github.io/spec/core/binary/
const I32 = 0x7f;
const I64 = 0x7e;
const NO_RESULT = 0x40;
const [END, I32_GE_U, I32_ADD, I32_SUB, I32_AND] = [0x0b, 0x4f, 0x6a, 0x6b, 0x71];
const [I64_XOR, I64_SHIFT_LEFT, I64_SHIFT_RIGHT, I32_WRAP_I64] = [0x85, 0x86, 0x88, 0xa7];

const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const i32 = (value: number) => [0x41, ...unsigned(value)];
const i64 = (value: number) => [0x42, value];
const block = (...body: number[][]) => [0x02, NO_RESULT, ...body.flat(), END];
const loop = (...body: number[][]) => [0x03, NO_RESULT, ...body.flat(), END];
const branch = (depth: number) => [0x0c, depth];
const branchIf = (depth: number) => [0x0d, depth];
const load64 = (offset: number) => [0x29, 3, ...unsigned(offset)];
const loadByte = [0x31, 0, 0];
const load128 = (offset: number) => [0xfd, 0x00, 0, ...unsigned(offset)];
const store128 = [0xfd, 0x0b, 0, 0];
const XOR_128 = [0xfd, 0x51];

// Locals of `update`: three parameters, then two of its own.
const REGISTER = 0;
const AT = 1;
const STOP = 2;
const WORD = 3;
const NEXT_WORD = 4;

/** Leaves that entry of the table that the byte `index` of the word in `local` names, the least significant being 0. */
function lookUp(table: number, local: number, index: number): number[] {
  // Times eight, the size of an entry.
  const bits = 8 * index - 3;
  const shifted =
    bits < 0 ? [...get(local), ...i64(-bits), I64_SHIFT_LEFT] : [...get(local), ...i64(bits), I64_SHIFT_RIGHT];
  return [...shifted, I32_WRAP_I64, ...i32(0xff * 8), I32_AND, ...load64(table * TABLE_BYTES)];
}

/** Pairs first, then pairs of pairs: they do not wait for each other. */
function xorAll(terms: readonly number[][]): number[] {
  const [first = []] = terms;
  if (terms.length === 1) return first;
  const half = terms.length / 2;
  return [...xorAll(terms.slice(0, half)), ...xorAll(terms.slice(half)), I64_XOR];
}

const advance = (byteCount: number, local = AT) => [...get(local), ...i32(byteCount), I32_ADD, ...set(local)];

/**
 * register = table₁₅[byte 0 of WORD] xor … xor table₈[byte 7 of WORD] xor table₇[byte 0 of NEXT_WORD] xor … xor
 * table₀[byte 7 of NEXT_WORD], WORD being register xor input.
 */
const sixteenBytes = [
  [...get(REGISTER), ...get(AT), ...load64(0), I64_XOR, ...set(WORD)],
  [...get(AT), ...load64(8), ...set(NEXT_WORD)],
  xorAll([
    ...Array.from({ length: 8 }, (_, index) => lookUp(7 - index, NEXT_WORD, index)),
    ...Array.from({ length: 8 }, (_, index) => lookUp(15 - index, WORD, index)),
  ]),
  [...set(REGISTER), ...advance(16)],
];

/** register = (register >> 8) xor table₀[lowest byte of (register xor input)] */
const oneByte = [
  [...get(REGISTER), ...get(AT), ...loadByte, I64_XOR, ...set(WORD)],
  [...get(REGISTER), ...i64(8), I64_SHIFT_RIGHT, ...lookUp(0, WORD, 0), I64_XOR, ...set(REGISTER)],
  advance(1),
];

// The input never ends below address INPUT_OFFSET, so the subtraction cannot pass below zero.
const leaveUnlessSixteenBytesRemain = [...get(AT), ...get(STOP), ...i32(15), I32_SUB, I32_GE_U, ...branchIf(1)];
const leaveAtEnd = [...get(AT), ...get(STOP), I32_GE_U, ...branchIf(1)];
const again = branch(0);

const updateBody = [
  [1, 2, I64], // two locals of type i64: WORD and NEXT_WORD
  block(loop(leaveUnlessSixteenBytesRemain, ...sixteenBytes, again)),
  block(loop(leaveAtEnd, ...oneByte, again)),
  [...get(REGISTER), END],
].flat();

// Locals of `fold`: its parameters.
const FOLD_AT = 0;
const FOLD_END = 1;
const BEHIND = 2;

const foldBody = [
  [0], // no locals of its own
  block(
    loop(
      [...get(FOLD_AT), ...get(FOLD_END), I32_GE_U, ...branchIf(1)],
      [...get(FOLD_AT), ...get(FOLD_AT), ...load128(0), ...get(BEHIND), ...load128(0), ...XOR_128],
      ...FOLD_EXPONENTS.map((exponent) => [...get(BEHIND), ...load128(exponent), ...XOR_128]),
      store128,
      advance(STEP_BYTES, FOLD_AT),
      advance(STEP_BYTES, BEHIND),
      again,
    ),
  ),
  [END],
].flat();

function moduleBytes(): number[] {
  const section = (id: number, ...content: number[][]) => [id, ...sized(content.flat())];
  return [
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
    section(1, [2], [0x60, 3, I64, I32, I32, 1, I64], [0x60, 3, I32, I32, I32, 0]), // types: of `update`, and of `fold`
    section(3, [2, 0, 1]), // two functions, of these types
    section(5, [1, 0, MEMORY_PAGES]), // one memory
    section(7, [3], sized(ascii('memory')), [2, 0], sized(ascii('update')), [0, 0], sized(ascii('fold')), [0, 1]), // exports
    section(10, [2], sized(updateBody), sized(foldBody)),
  ].flat();
}

const ascii = (text: string) => [...Buffer.from(text, 'ascii')];
const sized = (bytes: number[]) => [...unsigned(bytes.length), ...bytes];

/** LEB128. Also right for the signed constants above: those are below 64, or 255, whose encoding needs the second byte. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}
