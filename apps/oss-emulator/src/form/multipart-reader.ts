import { formError } from './form-error.ts';
import type { FormFault } from './form-error.ts';

/** One part of a form: its header lines, and its bytes, which are to be read once and before the next part. */
export interface MultipartPart {
  /** One character a byte, lines without their CRLF. */
  readonly headerLines: readonly string[];
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A name of 8 KB, the limit of OSS, and room for the rest of the header. */
const MAX_HEADER_BYTES = 12 * 1024;

/** Nobody needs text before the first boundary; RFC 2046 allows it. */
const MAX_PREAMBLE_BYTES = 4096;

/** Blanks that RFC 2046 allows behind a boundary. */
const MAX_PADDING_BYTES = 256;

const CRLF = Buffer.from('\r\n');
const HEADERS_END = Buffer.from('\r\n\r\n');
const CR = 0x0d;

/**
 * Takes multipart/form-data apart while it arrives (RFC 7578, RFC 2046). It pulls: no byte is read before somebody wants
 * it, and no more than a chunk and a boundary are ever held. Line ends are CRLF and nothing else.
 *
 * @param boundary of the Content-Type, without the two hyphens
 * @throws {OssError} `MalformedPOSTRequest`, also for a body that ends before its closing boundary; whatever `bytes` throws
 */
export async function* readMultipart(
  bytes: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<MultipartPart, void, undefined> {
  const source = new ByteSource(bytes);
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  // The first boundary may stand at the very beginning: it is found as if a line had ended there.
  source.unread(CRLF);
  await source.take(delimiter, MAX_PREAMBLE_BYTES + CRLF.length, 'malformed');
  while (!(await isClosing(source))) {
    const headers = await source.take(HEADERS_END, MAX_HEADER_BYTES, 'name-too-long');
    const body = partBody(source, delimiter);
    yield { headerLines: headers.toString('latin1').split('\r\n'), bytes: body };
    // What nobody wanted to read has to go by all the same.
    for await (const _chunk of body);
  }
  // The epilogue means nothing, but belongs to the request.
  await source.drain();
}

/** Can be left early and gone on with. */
function partBody(source: ByteSource, delimiter: Buffer): AsyncIterable<Uint8Array> {
  let ended = false;
  return {
    async *[Symbol.asyncIterator]() {
      if (ended) return;
      yield* source.until(delimiter);
      ended = true;
    },
  };
}

/** What follows a boundary says whether another part begins there. */
async function isClosing(source: ByteSource): Promise<boolean> {
  const next = await source.takeExactly(2);
  if (next.equals(CRLF)) return false;
  if (next.toString('latin1') === '--') return true;
  source.unread(next);
  const padding = await source.take(CRLF, MAX_PADDING_BYTES, 'malformed');
  if (!/^[ \t]*$/.test(padding.toString('latin1'))) throw formError('malformed', 'a boundary has something behind it');
  return false;
}

/** Bytes that arrive in pieces of any size, taken in pieces that mean something. */
class ByteSource {
  readonly #iterator: AsyncIterator<Uint8Array>;
  /** Read and not yet taken. */
  #held: Buffer = Buffer.alloc(0);

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#iterator = bytes[Symbol.asyncIterator]();
  }

  unread(bytes: Buffer): void {
    this.#held = Buffer.concat([bytes, this.#held]);
  }

  async takeExactly(sizeBytes: number): Promise<Buffer> {
    while (this.#held.length < sizeBytes) {
      // oxlint-disable-next-line no-await-in-loop
      this.#held = Buffer.concat([this.#held, await this.#next()]);
    }
    return this.#takeHeld(sizeBytes);
  }

  /** @returns the bytes before `end`, which is taken too; there may be `maxBytes` of them */
  async take(end: Buffer, maxBytes: number, tooLong: FormFault): Promise<Buffer> {
    for (let searchedBytes = 0; ;) {
      const at = this.#held.indexOf(end, searchedBytes);
      if (at > maxBytes || (at < 0 && this.#held.length > maxBytes + end.length)) {
        throw formError(
          tooLong,
          `what ends in ${JSON.stringify(end.toString('latin1'))} has more than ${maxBytes} bytes`,
        );
      }
      if (at >= 0) {
        const taken = this.#takeHeld(at);
        this.#takeHeld(end.length);
        return taken;
      }
      searchedBytes = Math.max(0, this.#held.length - end.length + 1);
      // oxlint-disable-next-line no-await-in-loop
      this.#held = Buffer.concat([this.#held, await this.#next()]);
    }
  }

  /** The bytes before `end` as they come, never held but for what may be the beginning of `end`. Takes `end` too. */
  async *until(end: Buffer): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const at = this.#held.indexOf(end);
      const safeBytes = at >= 0 ? at : this.#held.length - lengthOfBeginning(this.#held, end);
      const safe = this.#takeHeld(safeBytes);
      if (safe.length > 0) yield safe;
      if (at >= 0) {
        this.#takeHeld(end.length);
        return;
      }
      // oxlint-disable-next-line no-await-in-loop
      const chunk = await this.#next();
      this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    }
  }

  async drain(): Promise<void> {
    this.#held = Buffer.alloc(0);
    // oxlint-disable-next-line no-await-in-loop
    while ((await this.#iterator.next()).done !== true);
  }

  #takeHeld(sizeBytes: number): Buffer {
    const taken = this.#held.subarray(0, sizeBytes);
    this.#held = this.#held.subarray(sizeBytes);
    return taken;
  }

  async #next(): Promise<Buffer> {
    const { done, value } = await this.#iterator.next();
    if (done === true) throw formError('incomplete', 'the body ends before its closing boundary');
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
}

/** How many bytes at the end of `bytes` may be the beginning of `end`, which starts with a CR and has no other one. */
function lengthOfBeginning(bytes: Buffer, end: Buffer): number {
  const at = bytes.lastIndexOf(CR);
  const tail = at < 0 ? bytes.subarray(bytes.length) : bytes.subarray(at);
  return tail.equals(end.subarray(0, tail.length)) ? tail.length : 0;
}
