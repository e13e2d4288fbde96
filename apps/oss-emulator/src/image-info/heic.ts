import { UnreadableImageError } from './image-bytes.ts';
import type { ImageBytes } from './image-bytes.ts';
import type { ImageFormat, ImageSize } from './image-format.ts';

/** Brands of still images in HEVC. AVIF uses the same boxes, but OSS does not name it among its formats. */
const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs'];
const FULL_BOX_BYTES = 4;
const MAX_BRANDS_BYTES = 256;

interface Box {
  readonly type: string;
  /** Where its content begins and, exclusive, ends. */
  readonly start: number;
  readonly end: number;
}

/**
 * ISO/IEC 23008-12 (HEIF) in boxes of ISO/IEC 14496-12: `meta` names the primary item (`pitm`), lists properties
 * (`iprp`/`ipco`), and says which of them belong to which item (`iprp`/`ipma`).
 */
export const heic: ImageFormat = {
  recognises: (head) => head.toString('latin1', 4, 8) === 'ftyp',
  async readSize(bytes) {
    const top = { type: '', start: 0, end: bytes.sizeBytes };
    const fileType = await child(bytes, top, 'ftyp');
    const brands = await bytes.at(fileType.start, Math.min(fileType.end - fileType.start, MAX_BRANDS_BYTES));
    if (!HEIC_BRANDS.some((brand) => brands.includes(brand, 0, 'latin1'))) {
      return undefined;
    }
    const meta = await child(bytes, top, 'meta');
    const metaContent = { ...meta, start: meta.start + FULL_BOX_BYTES };
    const primaryItem = await readPrimaryItem(bytes, await child(bytes, metaContent, 'pitm'));
    const properties = await child(bytes, metaContent, 'iprp');
    const wanted = await readPropertyIndexes(bytes, await child(bytes, properties, 'ipma'), primaryItem);
    return readImageSize(bytes, await child(bytes, properties, 'ipco'), wanted);
  },
};

async function readPrimaryItem(bytes: ImageBytes, { start }: Box): Promise<number> {
  const isShort = (await bytes.at(start, 1)).readUInt8(0) === 0;
  const id = await bytes.at(start + FULL_BOX_BYTES, isShort ? 2 : 4);
  return id.readUIntBE(0, id.length);
}

/** @returns indexes into `ipco`, counted from 1 */
async function readPropertyIndexes(bytes: ImageBytes, { start, end }: Box, wantedItem: number): Promise<Set<number>> {
  const header = await bytes.at(start, FULL_BOX_BYTES);
  const itemIdBytes = header.readUInt8(0) === 0 ? 2 : 4;
  const hasWideIndexes = (header.readUInt8(3) & 1) === 1;
  const indexBytes = hasWideIndexes ? 2 : 1;
  let offset = start + FULL_BOX_BYTES + 4;
  while (offset < end) {
    const entry = await bytes.at(offset, itemIdBytes + 1);
    const item = entry.readUIntBE(0, itemIdBytes);
    const associations = await bytes.at(offset + itemIdBytes + 1, entry.readUInt8(itemIdBytes) * indexBytes);
    if (item === wantedItem) {
      // The topmost bit says whether the property is essential.
      const indexes = hasWideIndexes
        ? Array.from({ length: associations.length / 2 }, (_, index) => associations.readUInt16BE(2 * index) & 0x7fff)
        : Array.from(associations, (byte) => byte & 0x7f);
      return new Set(indexes);
    }
    offset += entry.length + associations.length;
  }
  throw new UnreadableImageError('the primary item has no properties');
}

/**
 * The size of the coded image (`ispe`), or of the part of it that is shown (`clap`): encoders pad to whole blocks.
 * Whether OSS crops too is assumed; that it does not turn the image (`irot`) as well.
 */
async function readImageSize(bytes: ImageBytes, container: Box, wanted: Set<number>): Promise<ImageSize | undefined> {
  let coded: ImageSize | undefined;
  let shown: ImageSize | undefined;
  let index = 0;
  for await (const { type, start } of children(bytes, container)) {
    index += 1;
    if (type === 'ispe' && wanted.has(index)) {
      const extents = await bytes.at(start + FULL_BOX_BYTES, 8);
      coded = { width: extents.readUInt32BE(0), height: extents.readUInt32BE(4) };
    } else if (type === 'clap' && wanted.has(index)) {
      const fractions = await bytes.at(start, 16);
      shown = {
        width: Math.trunc(fractions.readUInt32BE(0) / fractions.readUInt32BE(4)),
        height: Math.trunc(fractions.readUInt32BE(8) / fractions.readUInt32BE(12)),
      };
    }
  }
  return coded !== undefined && shown !== undefined && isWithin(shown, coded) ? shown : coded;
}

function isWithin(inner: ImageSize, outer: ImageSize): boolean {
  return inner.width <= outer.width && inner.height <= outer.height;
}

async function child(bytes: ImageBytes, parent: Box, type: string): Promise<Box> {
  for await (const box of children(bytes, parent)) {
    if (box.type === type) {
      return box;
    }
  }
  throw new UnreadableImageError(`the box ${type} is missing`);
}

async function* children(bytes: ImageBytes, parent: Box): AsyncGenerator<Box, void, undefined> {
  let offset = parent.start;
  while (offset + 8 <= parent.end) {
    const header = await bytes.at(offset, 8);
    let headerBytes = 8;
    let boxBytes = header.readUInt32BE(0);
    if (boxBytes === 1) {
      headerBytes = 16;
      boxBytes = Number((await bytes.at(offset + 8, 8)).readBigUInt64BE(0));
    } else if (boxBytes === 0) {
      boxBytes = parent.end - offset;
    }
    if (boxBytes < headerBytes || offset + boxBytes > parent.end) {
      throw new UnreadableImageError('a box is larger than what it is in');
    }
    yield { type: header.toString('latin1', 4, 8), start: offset + headerBytes, end: offset + boxBytes };
    offset += boxBytes;
  }
}
