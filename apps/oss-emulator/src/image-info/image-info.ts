import { bmp } from './bmp.ts';
import { gif } from './gif.ts';
import { heic } from './heic.ts';
import { ImageBytes, UnreadableImageError } from './image-bytes.ts';
import type { ReadRange } from './image-bytes.ts';
import type { ImageFormat } from './image-format.ts';
import { jpeg } from './jpeg.ts';
import { png } from './png.ts';
import { tiff } from './tiff.ts';
import { webp } from './webp.ts';

/**
 * The formats that OSS finds the size of (error catalogue, *Get image info failed*), by the name that it gives them.
 * `jpg`, `png` and `gif` are documented (*Callback*); the others are assumed to follow their usual extension.
 */
const imageFormats = { jpg: jpeg, png, gif, bmp, webp, tiff, heic } satisfies Record<string, ImageFormat>;

export type ImageFormatName = keyof typeof imageFormats;

/** What `${imageInfo.format}`, `${imageInfo.width}` and `${imageInfo.height}` stand for. */
export interface ImageInfo {
  readonly format: ImageFormatName;
  /** Pixels, as stored: not turned by an orientation tag (assumed). */
  readonly width: number;
  readonly height: number;
}

const HEAD_BYTES = 32;

/**
 * Looks into the first bytes of an object, whatever its content type says, and further where the format points: some
 * 270 KiB in 256 reads at the very most.
 *
 * @param readRange gives the bytes from `start` to `end`, both included; what it throws is passed on
 * @returns `undefined` for anything that is not an image of a known format with a size: broken images are no failure
 */
export async function readImageInfo(readRange: ReadRange, sizeBytes: number): Promise<ImageInfo | undefined> {
  const bytes = new ImageBytes(readRange, sizeBytes);
  try {
    const head = await bytes.at(0, Math.min(HEAD_BYTES, sizeBytes));
    const format = imageFormatNames.find((name) => imageFormats[name].recognises(head));
    const size = format === undefined ? undefined : await imageFormats[format].readSize(bytes);
    if (format === undefined || size === undefined || size.width < 1 || size.height < 1) {
      return undefined;
    }
    return { format, width: size.width, height: size.height };
  } catch (error) {
    if (error instanceof UnreadableImageError) {
      return undefined;
    }
    throw error;
  }
}

const imageFormatNames = Object.keys(imageFormats) as ImageFormatName[];
