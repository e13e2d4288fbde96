import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';

import type { StoredObject } from './object-store.ts';

/**
 * The file of an object: its bytes, and behind them its head, so that both appear by one rename and are always of the
 * same version.
 *
 *     <bytes>\n<head as JSON>\noss-emulator-object-1 <length of the JSON> <CRC-32 of the JSON>\n
 *
 * Both numbers are 8 hex digits. `tail -n 2` shows the head; programs that read images or text mostly ignore it. A head
 * that changes is written once more behind the last one: the last that is whole counts, so that a process killed while
 * writing leaves the object as it was.
 */
const FOOTER = /^\noss-emulator-object-1 ([0-9a-f]{8}) ([0-9a-f]{8})\n$/;
const FOOTER_START = '\noss-emulator-object-1 ';
const FOOTER_BYTES = '\noss-emulator-object-1 00000000 00000000\n'.length;
/** Most heads are far smaller, so one read finds both footer and head. */
const TAIL_BYTES = 4_096;
/** No head is larger: OSS bounds keys, metadata and tags. What a kill left behind the last whole head is no larger either. */
const MAX_TRAILER_BYTES = 256 * 1024;

export interface FileHead {
  readonly object: StoredObject;
  /** Counts whatever is committed to the store: tells which version of an object is newer. */
  readonly sequence: number;
  readonly isDeleteMarker?: boolean;
}

/** What follows the bytes in the file. */
export function encodeTrailer({ object, sequence, isDeleteMarker = false }: FileHead): Buffer {
  const marker = isDeleteMarker ? { isDeleteMarker } : {};
  const head = Buffer.from(JSON.stringify({ ...object, crc64: object.crc64?.toString(), sequence, ...marker }));
  const footer = `\noss-emulator-object-1 ${hex8(head.length)} ${hex8(crc32(head))}\n`;
  return Buffer.concat([Buffer.from('\n'), head, Buffer.from(footer)]);
}

/** Changes the head of a file that is whole; when that fails, the file is as it was. */
export function appendTrailer(file: string, head: FileHead): void {
  const fd = openSync(file, 'r+');
  try {
    const fileBytes = fstatSync(fd).size;
    const trailer = encodeTrailer(head);
    try {
      for (let written = 0; written < trailer.length;) {
        written += writeSync(fd, trailer, written, trailer.length - written, fileBytes + written);
      }
    } catch (error) {
      ftruncateSync(fd, fileBytes);
      throw error;
    }
  } finally {
    closeSync(fd);
  }
}

/** @returns the head that is in the file, or `undefined` when the file is not whole */
export function readHead(file: string): FileHead | undefined {
  const fd = openSync(file, 'r');
  try {
    const fileBytes = fstatSync(fd).size;
    return headBefore(fd, fileBytes) ?? lastHead(fd, fileBytes);
  } finally {
    closeSync(fd);
  }
}

/** The head whose footer ends there. */
function headBefore(fd: number, endBytes: number): FileHead | undefined {
  const tail = readTail(fd, endBytes, TAIL_BYTES);
  const footer = FOOTER.exec(tail.toString('latin1', Math.max(0, tail.length - FOOTER_BYTES)));
  const headBytes = Number.parseInt(footer?.[1] ?? '', 16);
  if (footer === null || headBytes > MAX_TRAILER_BYTES) {
    return undefined;
  }
  const wholeBytes = headBytes + FOOTER_BYTES;
  const head = (tail.length >= wholeBytes ? tail.subarray(-wholeBytes) : readTail(fd, endBytes, wholeBytes)).subarray(
    0,
    headBytes,
  );
  const decoded = hex8(crc32(head)) === footer[2] ? decodeHead(head.toString()) : undefined;
  const mostBytes = endBytes - wholeBytes - '\n'.length;
  return decoded !== undefined && decoded.object.sizeBytes <= mostBytes ? decoded : undefined;
}

/** The last whole head before what a killed process left of another. The JSON between holds no line feed, so no footer. */
function lastHead(fd: number, fileBytes: number): FileHead | undefined {
  const tail = readTail(fd, fileBytes, 2 * MAX_TRAILER_BYTES);
  for (let at = tail.lastIndexOf(FOOTER_START); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(FOOTER_START, at - 1)) {
    const head = headBefore(fd, fileBytes - tail.length + at + FOOTER_BYTES);
    if (head !== undefined) {
      return head;
    }
  }
  return undefined;
}

function readTail(fd: number, endBytes: number, lengthBytes: number): Buffer {
  const tail = Buffer.alloc(Math.min(lengthBytes, endBytes));
  const bytesRead = readSync(fd, tail, 0, tail.length, endBytes - tail.length);
  return tail.subarray(0, bytesRead);
}

function decodeHead(json: string): FileHead {
  const { crc64, lastModified, restore, sequence, isDeleteMarker, ...rest } = JSON.parse(json) as StoredHead;
  const object: StoredObject = {
    ...rest,
    contentMd5: rest.contentMd5,
    crc64: crc64 === undefined ? undefined : BigInt(crc64),
    lastModified: new Date(lastModified),
    ...(restore !== undefined && {
      restore: { readyAt: new Date(restore.readyAt), expiresAt: new Date(restore.expiresAt) },
    }),
  };
  return isDeleteMarker === undefined ? { object, sequence } : { object, sequence, isDeleteMarker };
}

/** As JSON has it: times as text, and the number that is too large for it. */
interface StoredHead extends Omit<StoredObject, 'crc64' | 'lastModified' | 'restore'> {
  readonly crc64?: string;
  readonly lastModified: string;
  readonly sequence: number;
  readonly isDeleteMarker?: boolean;
  readonly restore?: { readonly readyAt: string; readonly expiresAt: string };
}

function hex8(value: number): string {
  return value.toString(16).padStart(8, '0');
}
