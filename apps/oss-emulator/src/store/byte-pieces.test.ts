import { describe, expect, it } from 'vitest';
import { BytePieces } from './byte-pieces.ts';

const pieces = new BytePieces(['012', '', '3456', '789'].map((text) => Buffer.from(text)));
const textOf = (start?: number, end?: number): string => Buffer.concat([...pieces.between(start, end)]).toString();

describe('bytes in pieces', () => {
  it('know their size', () => {
    expect([pieces.sizeBytes, new BytePieces([]).sizeBytes]).toEqual([10, 0]);
  });

  it('give every part of themselves', () => {
    for (let start = 0; start <= 10; start += 1) {
      for (let end = start; end <= 10; end += 1) expect(textOf(start, end)).toBe('0123456789'.slice(start, end));
    }
    expect(textOf()).toBe('0123456789');
  });

  it('give no empty pieces', () => {
    expect([...pieces.between()].map(({ length }) => length)).toEqual([3, 4, 3]);
    expect([...new BytePieces([Buffer.alloc(0)]).between()]).toEqual([]);
  });
});
