/**
 * The inner loop of CRC-64/XZ as a WebAssembly module of some 290 bytes, put together here so that its source can be
 * read. Written in JavaScript, with each 64-bit word in two 32-bit halves, the same loop is about half as fast and takes
 * longer than the MD5 beside it.
 *
 * "Slicing by eight": table `t`, entry `b`, holds the CRC register after the byte `b` and `t` zero bytes, so eight bytes
 * of input cost eight look-ups that do not wait for each other. The tables lie at address 0, the input behind them.
 */

export const TABLE_COUNT = 8;
const TABLE_BYTES = 256 * 8;
export const INPUT_OFFSET = TABLE_COUNT * TABLE_BYTES;
const PAGE_BYTES = 65_536;
const MEMORY_PAGES = 2;
export const INPUT_CAPACITY_BYTES = MEMORY_PAGES * PAGE_BYTES - INPUT_OFFSET;

export interface Crc64Machine {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** The register after the input bytes from address `at` up to, not including, `end`. */
  readonly update: (register: bigint, at: number, end: number) => bigint;
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
const [END, I32_GE_U, I32_ADD, I32_SUB, I32_AND, I32_SHL] = [0x0b, 0x4f, 0x6a, 0x6b, 0x71, 0x74];
const [I64_XOR, I64_SHIFT_RIGHT, I32_WRAP_I64] = [0x85, 0x88, 0xa7];

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

// Locals of `update`: three parameters, then one of its own.
const REGISTER = 0;
const AT = 1;
const STOP = 2;
const WORD = 3;

/** Expects a number from 0 to 255 on the stack, leaves that entry of the table. */
const lookUp = (table: number) => [...i32(3), I32_SHL, ...load64(table * TABLE_BYTES)];

/** Leaves byte `index` of WORD, the least significant being 0. */
function byteOfWord(index: number): number[] {
  const shifted = index === 0 ? get(WORD) : [...get(WORD), ...i64(8 * index), I64_SHIFT_RIGHT];
  const isTopByte = index === 7;
  return [...shifted, I32_WRAP_I64, ...(isTopByte ? [] : [...i32(0xff), I32_AND])];
}

const advance = (byteCount: number) => [...get(AT), ...i32(byteCount), I32_ADD, ...set(AT)];

/** register = table₇[byte 0 of WORD] xor table₆[byte 1] xor … xor table₀[byte 7], WORD being register xor input. */
const eightBytes = [
  [...get(REGISTER), ...get(AT), ...load64(0), I64_XOR, ...set(WORD)],
  ...Array.from({ length: 8 }, (_, index) => [
    ...byteOfWord(index),
    ...lookUp(7 - index),
    ...(index === 0 ? [] : [I64_XOR]),
  ]),
  [...set(REGISTER), ...advance(8)],
];

/** register = (register >> 8) xor table₀[lowest byte of (register xor input)] */
const oneByte = [
  [...get(REGISTER), ...get(AT), ...loadByte, I64_XOR, ...set(WORD)],
  [...get(REGISTER), ...i64(8), I64_SHIFT_RIGHT, ...byteOfWord(0), ...lookUp(0), I64_XOR, ...set(REGISTER)],
  advance(1),
];

// The input never ends below address INPUT_OFFSET, so the subtraction cannot pass below zero.
const leaveUnlessEightBytesRemain = [...get(AT), ...get(STOP), ...i32(7), I32_SUB, I32_GE_U, ...branchIf(1)];
const leaveAtEnd = [...get(AT), ...get(STOP), I32_GE_U, ...branchIf(1)];
const again = branch(0);

const updateBody = [
  [1, 1, I64], // one local of type i64: WORD
  block(loop(leaveUnlessEightBytesRemain, ...eightBytes, again)),
  block(loop(leaveAtEnd, ...oneByte, again)),
  [...get(REGISTER), END],
].flat();

function moduleBytes(): number[] {
  const section = (id: number, ...content: number[][]) => [id, ...sized(content.flat())];
  return [
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
    section(1, [1, 0x60, 3, I64, I32, I32, 1, I64]), // one type: (i64, i32, i32) → i64
    section(3, [1, 0]), // one function, of that type
    section(5, [1, 0, MEMORY_PAGES]), // one memory
    section(7, [2], sized(ascii('memory')), [2, 0], sized(ascii('update')), [0, 0]), // exports
    section(10, [1], sized(updateBody)),
  ].flat();
}

const ascii = (text: string) => [...Buffer.from(text, 'ascii')];
const sized = (bytes: number[]) => [...unsigned(bytes.length), ...bytes];

/** LEB128. Also right for the signed constants above: those are below 64, or 255, whose encoding needs the second byte. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}
