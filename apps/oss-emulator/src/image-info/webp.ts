import type { ImageFormat } from './image-format.ts';

const FIRST_CHUNK_OFFSET = 12;
const VP8_START_CODE = 0x9d_01_2a;
const VP8L_SIGNATURE = 0x2f;

/** Google, *WebP Container Specification*; RFC 6386 §9.1 (VP8); *WebP Lossless Bitstream Specification* §3 (VP8L). */
export const webp: ImageFormat = {
  recognises: (head) => head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP',
  async readSize(bytes) {
    const chunk = await bytes.at(FIRST_CHUNK_OFFSET, 18);
    const body = chunk.subarray(8);
    switch (chunk.toString('latin1', 0, 4)) {
      case 'VP8 ':
        if (body.readUIntBE(3, 3) !== VP8_START_CODE) {
          return undefined;
        }
        // The upper two bits are a scale for display.
        return { width: body.readUInt16LE(6) & 0x3fff, height: body.readUInt16LE(8) & 0x3fff };
      case 'VP8L': {
        const bits = body.readUInt32LE(1);
        const isLossless = body.readUInt8(0) === VP8L_SIGNATURE;
        return isLossless ? { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 } : undefined;
      }
      case 'VP8X':
        return { width: body.readUIntLE(4, 3) + 1, height: body.readUIntLE(7, 3) + 1 };
      default:
        return undefined;
    }
  },
};
