import type { ImageFormat } from './image-format.ts';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1A\n', 'latin1');

/** W3C *Portable Network Graphics*, §11.2.1: the chunk IHDR comes first and begins with the size. */
export const png: ImageFormat = {
  recognises: (head) => head.subarray(0, SIGNATURE.length).equals(SIGNATURE),
  async readSize(bytes) {
    const header = await bytes.at(SIGNATURE.length, 16);
    if (header.toString('latin1', 4, 8) !== 'IHDR') {
      return undefined;
    }
    return { width: header.readUInt32BE(8), height: header.readUInt32BE(12) };
  },
};
