import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { newObject } from './conformance/store-under-test.conformance.ts';
import { appendTrailer, encodeTrailer, readHead } from './object-file.ts';
import type { NewObject } from './object-store.ts';

const scratchDir = mkdtempSync(join(tmpdir(), 'object-file-'));
const file = join(scratchDir, 'object');

afterAll(() => {
  rmSync(scratchDir, { recursive: true });
});

describe('readHead', () => {
  it.each([0, 1, 10_000])('finds the head behind %d bytes', (sizeBytes) => {
    const object = newObject('图片/a\nb.jpg');
    expect(written(Buffer.alloc(sizeBytes, '\n'), object)).toEqual({ ...object, sizeBytes });
  });

  it('finds a head that is larger than the first read', () => {
    const object: NewObject = { ...newObject('a'), userMetadata: { note: '图'.repeat(8_000) } };
    expect(written(Buffer.from('text'), object)).toEqual({ ...object, sizeBytes: 4 });
  });

  it('is not deceived by bytes that look like a head', () => {
    const object = newObject('a');
    const bytes = Buffer.concat([Buffer.from('text'), trailerOf(newObject('b'), 4)]);
    expect(written(bytes, object)).toEqual({ ...object, sizeBytes: bytes.length });
  });

  it('finds none in a file that was cut off anywhere', () => {
    const whole = Buffer.concat([Buffer.from('text'), trailerOf(newObject('a'), 4)]);
    for (let length = 0; length < whole.length; length += 1) {
      writeFileSync(file, whole.subarray(0, length));
      expect(readHead(file)).toBeUndefined();
    }
  });

  it('finds none in a file whose head was changed anywhere', () => {
    const whole = Buffer.concat([Buffer.from('text'), trailerOf(newObject('a'), 4)]);
    for (let position = 'text\n'.length; position < whole.length; position += 1) {
      const changed = Buffer.from(whole);
      changed.writeUInt8(changed.readUInt8(position) ^ 1, position);
      writeFileSync(file, changed);
      expect(readHead(file)).toBeUndefined();
    }
  });
});

describe('appendTrailer', () => {
  it('changes the head and keeps the bytes in front', () => {
    const object = { ...newObject('a'), sizeBytes: 4 };
    written(Buffer.from('text'), object);
    for (let version = 1; version <= 3; version += 1) {
      const changed = { ...object, userMetadata: { version: String(version) } };
      appendTrailer(file, { object: changed, sequence: 7 });
      expect(readHead(file)).toEqual({ object: changed, sequence: 7 });
      expect(readFileSync(file, 'latin1').startsWith('text\n{')).toBe(true);
    }
  });

  it('leaves the object as it was when it is cut off anywhere, and takes the next change', () => {
    const object = { ...newObject('a'), sizeBytes: 4 };
    written(Buffer.from('text'), object);
    const before = readFileSync(file);
    const changed = { ...object, acl: 'private', userMetadata: { note: '图'.repeat(2_000) } } as const;
    appendTrailer(file, { object: changed, sequence: 1 });
    const after = readFileSync(file);
    for (let length = before.length; length < after.length; length += length < before.length + 50 ? 1 : 97) {
      writeFileSync(file, after.subarray(0, length));
      expect(readHead(file)?.object).toEqual(object);
      appendTrailer(file, { object: changed, sequence: 1 });
      expect(readHead(file)?.object).toEqual(changed);
    }
  });
});

function written(bytes: Buffer, object: NewObject) {
  writeFileSync(file, Buffer.concat([bytes, trailerOf(object, bytes.length)]));
  return readHead(file)?.object;
}

function trailerOf(object: NewObject, sizeBytes: number): Buffer {
  return encodeTrailer({ object: { ...object, sizeBytes }, sequence: 1 });
}
