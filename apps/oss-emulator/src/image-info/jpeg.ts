import { UnreadableImageError } from './image-bytes.ts';
import type { ImageFormat } from './image-format.ts';

const FILL = 0xff;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** Of padding before a marker, which is allowed and rare. */
const MAX_FILL_BYTES = 64;

/** ITU-T T.81, §B.1.1 and §B.2.2: the size is in the frame header, behind any number of other segments. */
export const jpeg: ImageFormat = {
  recognises: (head) => head.length >= 3 && head.readUIntBE(0, 3) === 0xff_d8_ff,
  async readSize(bytes) {
    let offset = 2;
    let fillBytes = 0;
    for (;;) {
      const [prefix, marker] = await bytes.at(offset, 2);
      if (prefix !== FILL || marker === undefined || fillBytes > MAX_FILL_BYTES) {
        throw new UnreadableImageError('a JPEG marker is missing');
      }
      if (marker === FILL) {
        fillBytes += 1;
        offset += 1;
      } else if (isFrameHeader(marker)) {
        const frame = await bytes.at(offset + 2, 7);
        return { width: frame.readUInt16BE(5), height: frame.readUInt16BE(3) };
      } else if (marker === START_OF_SCAN || marker === END_OF_IMAGE) {
        return undefined;
      } else {
        const segmentBytes = (await bytes.at(offset + 2, 2)).readUInt16BE(0);
        if (segmentBytes < 2) {
          throw new UnreadableImageError('a JPEG segment has no length');
        }
        offset += 2 + segmentBytes;
        fillBytes = 0;
      }
    }
  },
};

/** SOF0 to SOF15 without DHT, JPG and DAC, which lie between them. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
