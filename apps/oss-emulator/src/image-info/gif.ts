import type { ImageFormat } from './image-format.ts';

/** *GIF89a Specification*, §18: the logical screen descriptor follows the signature. */
export const gif: ImageFormat = {
  recognises: (head) => /^GIF8[79]a/.test(head.toString('latin1', 0, 6)),
  async readSize(bytes) {
    const screen = await bytes.at(6, 4);
    return { width: screen.readUInt16LE(0), height: screen.readUInt16LE(2) };
  },
};
