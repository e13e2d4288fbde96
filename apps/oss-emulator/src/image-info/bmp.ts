import type { ImageFormat } from './image-format.ts';

const FILE_HEADER_BYTES = 14;
/** BITMAPCOREHEADER, the oldest, has 16-bit sizes; all later ones begin like BITMAPINFOHEADER. */
const CORE_HEADER_BYTES = 12;
const INFO_HEADER_BYTES = [40, 52, 56, 64, 108, 124];

/** Microsoft, *Bitmap Header Types*. */
export const bmp: ImageFormat = {
  recognises: (head) =>
    head.toString('latin1', 0, 2) === 'BM' &&
    head.length >= FILE_HEADER_BYTES + 4 &&
    [CORE_HEADER_BYTES, ...INFO_HEADER_BYTES].includes(head.readUInt32LE(FILE_HEADER_BYTES)),
  async readSize(bytes) {
    const header = await bytes.at(FILE_HEADER_BYTES, CORE_HEADER_BYTES);
    if (header.readUInt32LE(0) === CORE_HEADER_BYTES) {
      return { width: header.readUInt16LE(4), height: header.readUInt16LE(6) };
    }
    // A negative height says that the rows go from top to bottom.
    return { width: header.readInt32LE(4), height: Math.abs(header.readInt32LE(8)) };
  },
};
