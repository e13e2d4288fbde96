import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOUNDARY, closing, field, filePart } from '../../test/post-form.ts';
import { OssError } from '../oss-error.ts';
import { readMultipart } from './multipart-reader.ts';

async function* pieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, index = 0; at < bytes.length; index += 1) {
    const size = sizes[index % sizes.length] ?? bytes.length;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function read(bytes: Buffer, sizes: readonly number[] = [bytes.length || 1]) {
  const parts: Array<{ headers: readonly string[]; content: Buffer }> = [];
  for await (const part of readMultipart(pieces(bytes, sizes), BOUNDARY)) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of part.bytes) chunks.push(chunk);
    parts.push({ headers: part.headerLines, content: Buffer.concat(chunks) });
  }
  return parts;
}

const refusal = async (bytes: Buffer | string): Promise<string> => {
  const error: unknown = await read(Buffer.from(bytes)).catch((reason: unknown) => reason);
  if (!(error instanceof OssError)) throw new TypeError('not refused', { cause: error });
  return `${error.code} ${error.ec}`;
};

describe('readMultipart', () => {
  it('finds every part and its bytes, however they arrive and whatever looks like a boundary in them', async () => {
    const pieceOfBoundary = fc
      .nat(BOUNDARY.length + 3)
      .map((length) => Buffer.from(`\r\n--${BOUNDARY}`.slice(0, length)));
    const content = fc
      .array(fc.oneof(fc.uint8Array({ maxLength: 40 }), pieceOfBoundary, fc.constant(Buffer.from('\r\n'))))
      .map((chunks) => Buffer.concat([...chunks, Buffer.from('.')]))
      // Pieces may add up to a boundary, and then they are one.
      .filter((bytes) => !bytes.includes(`\r\n--${BOUNDARY}`));
    await fc.assert(
      fc.asyncProperty(
        fc.array(content, { maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }),
        async (contents, sizes) => {
          const body = Buffer.concat([...contents.map((bytes) => filePart(bytes)), closing]);
          const parts = await read(body, sizes);
          expect(parts.map((one) => one.content.toString('hex'))).toEqual(
            contents.map((bytes) => bytes.toString('hex')),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('allows a preamble, blanks behind a boundary and an epilogue, as RFC 2046 does', async () => {
    const body = `before\r\n--${BOUNDARY} \t\r\nA: b\r\n\r\ncontent\r\n--${BOUNDARY}--\r\nafter --${BOUNDARY}\r\n`;
    expect(await read(Buffer.from(body))).toEqual([{ headers: ['A: b'], content: Buffer.from('content') }]);
  });

  it('goes on behind a part that nobody has read to its end', async () => {
    const body = Buffer.concat([filePart('a'.repeat(1000)), field('b', 'c'), closing]);
    const names: string[] = [];
    for await (const { headerLines, bytes } of readMultipart(pieces(body, [100]), BOUNDARY)) {
      names.push(headerLines[0] ?? '');
      for await (const _chunk of bytes) break;
    }
    expect(names.map((name) => /name="(\w+)"/.exec(name)?.[1])).toEqual(['file', 'b']);
  });

  it('hands bytes on while the next ones have not arrived', async () => {
    const arrived: string[] = [];
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`--${BOUNDARY}\r\nA: b\r\n\r\nfirst`);
      arrived.push('second');
      yield Buffer.concat([Buffer.from(`second\r\n`), closing]);
    }
    for await (const { bytes } of readMultipart(slow(), BOUNDARY)) {
      for await (const chunk of bytes) arrived.push(Buffer.from(chunk).toString());
    }
    expect(arrived).toEqual(['first', 'second', 'second']);
  });

  it.each([
    ['no closing boundary', filePart()],
    ['nothing at all', ''],
    ['an end within the headers', `--${BOUNDARY}\r\nContent-Disp`],
    ['an end within a boundary', `--${BOUNDARY}\r\nA: b\r\n\r\n\r\n--${BOUNDARY.slice(0, 10)}`],
    ['an end right behind a boundary', `--${BOUNDARY}`],
    ['line ends without CR', `--${BOUNDARY}\nA: b\n\ncontent\n--${BOUNDARY}--\n`],
    ['another boundary', '--other\r\nA: b\r\n\r\ncontent\r\n--other--\r\n'],
  ])('calls a body with %s incomplete', async (_what, body) => {
    expect(await refusal(body)).toMatch(/^MalformedPOSTRequest 0006-0000010[34]$/);
  });

  it.each([
    ['a longer boundary', `--${BOUNDARY}x\r\nA: b\r\n\r\n\r\n${closing.toString()}`, 'MalformedPOSTRequest'],
    ['a preamble without end', 'x'.repeat(100_000), 'MalformedPOSTRequest'],
    ['headers without end', `--${BOUNDARY}\r\n${'A: b\r\n'.repeat(10_000)}`, 'FieldItemTooLong'],
    ['blanks without end', `--${BOUNDARY}${' '.repeat(1000)}`, 'MalformedPOSTRequest'],
  ])('refuses %s before it has all arrived', async (_what, body, code) => {
    expect(await refusal(body)).toContain(code);
  });
});
