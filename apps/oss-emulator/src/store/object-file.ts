import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';

import type { NewObject, StoredObject } from './object-store.ts';

/**
 * The file of an object: its bytes, and behind them its head, so that both appear by one rename and are always of the
 * same version.
 *
 *     <bytes>\n<head as JSON>\noss-emulator-object-1 <length of the JSON> <CRC-32 of the JSON>\n
 *
 * Both numbers are 8 hex digits. `tail -n 2` shows the head; programs that read images or text mostly ignore it.
 */
const FOOTER = /^\noss-emulator-object-1 ([0-9a-f]{8}) ([0-9a-f]{8})\n$/;
const FOOTER_BYTES = '\noss-emulator-object-1 00000000 00000000\n'.length;
/** Most heads are far smaller, so one read finds both footer and head. */
const TAIL_BYTES = 4_096;

/** What follows the bytes in the file. */
export function encodeTrailer(object: NewObject): Buffer {
  const head = Buffer.from(JSON.stringify({ ...object, crc64: object.crc64?.toString() }));
  const footer = `\noss-emulator-object-1 ${hex8(head.length)} ${hex8(crc32(head))}\n`;
  return Buffer.concat([Buffer.from('\n'), head, Buffer.from(footer)]);
}

/** @returns the head that is in the file, or `undefined` when the file is not whole */
export function readHead(file: string): StoredObject | undefined {
  const fd = openSync(file, 'r');
  try {
    const fileBytes = fstatSync(fd).size;
    const tail = readTail(fd, fileBytes, TAIL_BYTES);
    const footer = FOOTER.exec(tail.toString('latin1', Math.max(0, tail.length - FOOTER_BYTES)));
    if (footer === null) {
      return undefined;
    }
    const headBytes = Number.parseInt(footer[1] ?? '', 16);
    const sizeBytes = fileBytes - FOOTER_BYTES - headBytes - '\n'.length;
    const headAndFooter = readTail(fd, fileBytes, headBytes + FOOTER_BYTES);
    const head = headAndFooter.subarray(0, headBytes);
    if (sizeBytes < 0 || hex8(crc32(head)) !== footer[2]) {
      return undefined;
    }
    return decodeHead(head.toString(), sizeBytes);
  } finally {
    closeSync(fd);
  }
}

function readTail(fd: number, fileBytes: number, lengthBytes: number): Buffer {
  const tail = Buffer.alloc(Math.min(lengthBytes, fileBytes));
  const bytesRead = readSync(fd, tail, 0, tail.length, fileBytes - tail.length);
  return tail.subarray(0, bytesRead);
}

function decodeHead(json: string, sizeBytes: number): StoredObject {
  const { crc64, lastModified, contentMd5, ...rest } = JSON.parse(json) as StoredHead;
  return {
    ...rest,
    sizeBytes,
    contentMd5,
    crc64: crc64 === undefined ? undefined : BigInt(crc64),
    lastModified: new Date(lastModified),
  };
}

type StoredHead = Omit<NewObject, 'crc64' | 'lastModified'> & { crc64?: string; lastModified: string };

function hex8(value: number): string {
  return value.toString(16).padStart(8, '0');
}
