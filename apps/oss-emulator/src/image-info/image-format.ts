import type { ImageBytes } from './image-bytes.ts';

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** How one format is recognised and where it keeps its size. */
export interface ImageFormat {
  /** @param head the first bytes of the object: 32, or all if there are fewer */
  readonly recognises: (head: Buffer) => boolean;
  /**
   * @returns pixels as stored, not turned by an orientation tag; `undefined` or nonsense such as 0 when there is no size
   * @throws {UnreadableImageError} when the bytes do not go on as the format says
   */
  readonly readSize: (bytes: ImageBytes) => Promise<ImageSize | undefined>;
}
