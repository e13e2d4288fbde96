import { formError } from './form-error.ts';
import { isKnownField } from './known-fields.ts';
import { readMultipart } from './multipart-reader.ts';
import type { MultipartPart } from './multipart-reader.ts';
import { decodeUtf8, readPartHeaders } from './part-headers.ts';
import type { PartHeaders } from './part-headers.ts';
import { OssError } from '../oss-error.ts';

/** A PostObject form as far as it has come when its file begins. */
export interface PostForm {
  /** Every field before the file, in order, names as they were sent. */
  readonly fields: ReadonlyArray<readonly [name: string, value: string]>;
  readonly file: FormFile;
}

export interface FormFile {
  readonly fileName: string | undefined;
  readonly contentType: string | undefined;
  /**
   * The bytes, to be read once. They end when the whole request has been read and was well-formed to its closing boundary:
   * whatever comes behind the file is dropped, as OSS's own sample form has its submit button there.
   */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Names of the dropped fields that OSS looks at when they come in time; complete once `bytes` has ended. */
  readonly dropped: readonly string[];
}

/** OSS: page *PostObject*, and the page of 0006-00000112 for the sum. */
const MAX_VALUE_BYTES = 2 * 1024 * 1024;
const MAX_BEFORE_FILE_BYTES = 8 * 1024 * 1024;

/** Ours: no form has as many, and each one costs memory beside its bytes. */
const MAX_FIELDS = 1000;

/** What counts for a part beside name and value: its headers and boundary, roughly. */
const PART_OVERHEAD_BYTES = 64;

/**
 * Reads a form up to its file.
 *
 * @throws {OssError} `MalformedPOSTRequest`, `FieldItemTooLong`, `MaxPOSTPreDataLengthExceededError`, and
 * `IncorrectNumberOfFilesInPOSTRequest` when there is no file; while the file is read also when there is a second one
 */
export async function readPostForm(body: AsyncIterable<Uint8Array>, boundary: string): Promise<PostForm> {
  const parts = readMultipart(body, boundary);
  const fields: Array<readonly [string, string]> = [];
  let sizeBytes = 0;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop
    const { done, value: part } = await parts.next();
    if (done === true) throw wrongNumberOfFiles();
    const headers = readPartHeaders(part.headerLines);
    if (isFile(headers)) return { fields, file: formFile(headers, part, parts) };
    // oxlint-disable-next-line no-await-in-loop
    const value = await readValue(part.bytes);
    sizeBytes += PART_OVERHEAD_BYTES + headers.name.length + value.length;
    if (sizeBytes > MAX_BEFORE_FILE_BYTES || fields.length >= MAX_FIELDS) {
      throw formError('too-much-before-file', `${fields.length + 1} fields with ${sizeBytes} bytes`);
    }
    const text = decodeUtf8(value);
    if (text === undefined) throw formError('malformed', `the value of ${headers.name.slice(0, 64)} is not UTF-8`);
    fields.push([headers.name, text]);
  }
}

/** The name alone says so: a file may come without a file name, and another field may have one. */
function isFile({ name }: PartHeaders): boolean {
  return name.toLowerCase() === 'file';
}

function formFile(headers: PartHeaders, part: MultipartPart, parts: AsyncIterable<MultipartPart>): FormFile {
  const dropped: string[] = [];
  async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    yield* part.bytes;
    for await (const { headerLines } of parts) {
      const behind = readPartHeaders(headerLines);
      if (isFile(behind)) throw wrongNumberOfFiles();
      if (isKnownField(behind.name) && dropped.length < MAX_FIELDS) dropped.push(behind.name);
    }
  }
  const { fileName, contentType } = headers;
  return { fileName, contentType, bytes: bytes(), dropped };
}

function wrongNumberOfFiles(): OssError {
  return new OssError('IncorrectNumberOfFilesInPOSTRequest');
}

/** Grows one buffer: a value that arrives byte by byte must not cost a buffer a byte. */
async function readValue(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  let value = Buffer.alloc(0);
  let sizeBytes = 0;
  for await (const chunk of bytes) {
    if (sizeBytes + chunk.length > MAX_VALUE_BYTES) {
      throw formError('value-too-long', `a value has more than ${MAX_VALUE_BYTES} bytes`);
    }
    if (sizeBytes + chunk.length > value.length) {
      const grown = Buffer.alloc(Math.max(2 * value.length, sizeBytes + chunk.length));
      value.copy(grown, 0, 0, sizeBytes);
      value = grown;
    }
    value.set(chunk, sizeBytes);
    sizeBytes += chunk.length;
  }
  return value.subarray(0, sizeBytes);
}
