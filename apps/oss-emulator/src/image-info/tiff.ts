import type { ImageFormat } from './image-format.ts';

const IMAGE_WIDTH = 256;
const IMAGE_LENGTH = 257;
const SHORT = 3;
const LONG = 4;
const ENTRY_BYTES = 12;
/** Entries are in ascending order, and few tags come before these two. */
const MAX_ENTRIES = 64;

/** Adobe, *TIFF Revision 6.0*, section 2. The first image file directory may be anywhere in the file. */
export const tiff: ImageFormat = {
  recognises: (head) => ['II*\0', 'MM\0*'].includes(head.toString('latin1', 0, 4)),
  async readSize(bytes) {
    const header = await bytes.at(0, 8);
    const isLittleEndian = header.toString('latin1', 0, 2) === 'II';
    const uint16 = (from: Buffer, offset: number) =>
      isLittleEndian ? from.readUInt16LE(offset) : from.readUInt16BE(offset);
    const uint32 = (from: Buffer, offset: number) =>
      isLittleEndian ? from.readUInt32LE(offset) : from.readUInt32BE(offset);

    const directoryOffset = uint32(header, 4);
    const entryCount = uint16(await bytes.at(directoryOffset, 2), 0);
    const sizes = new Map<number, number>();
    for (let index = 0; index < Math.min(entryCount, MAX_ENTRIES) && sizes.size < 2; index += 1) {
      const entry = await bytes.at(directoryOffset + 2 + ENTRY_BYTES * index, ENTRY_BYTES);
      const tag = uint16(entry, 0);
      const type = uint16(entry, 2);
      if ((tag === IMAGE_WIDTH || tag === IMAGE_LENGTH) && (type === SHORT || type === LONG)) {
        sizes.set(tag, type === SHORT ? uint16(entry, 8) : uint32(entry, 8));
      }
    }
    const [width, height] = [sizes.get(IMAGE_WIDTH), sizes.get(IMAGE_LENGTH)];
    return width === undefined || height === undefined ? undefined : { width, height };
  },
};
