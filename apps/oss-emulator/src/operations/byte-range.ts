import { OssError } from '../oss-error.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import type { ByteRange } from '../store/object-store.ts';

/** A range by its positions, or the last bytes. */
type RequestedRange = { readonly start: number; readonly end: number | undefined } | { readonly lastBytes: number };

/**
 * The part of an object that `Range` asks for. OSS ignores a range that is not wholly inside the object, and of several
 * ranges all but the first; with `x-oss-range-behavior: standard` it does what HTTP says instead. Only the last 0 bytes are
 * refused in any case (Java SDK, GetObjectTest).
 * @returns `undefined`: the whole object
 * @throws {OssError} `InvalidRange`
 * @see https://help.aliyun.com/document_detail/39571.html
 */
export function selectRange(headers: RequestHeaders, sizeBytes: number): ByteRange | undefined {
  const requested = parseRange(headers['range']);
  if (requested === undefined) return undefined;
  if ('lastBytes' in requested && requested.lastBytes === 0) throw new OssError('InvalidRange');
  const exact = exactRange(requested, sizeBytes);
  if (exact !== undefined || headers['x-oss-range-behavior'] !== 'standard') return exact;
  const clipped = clippedRange(requested, sizeBytes);
  if (clipped === undefined) throw new OssError('InvalidRange');
  return clipped;
}

function parseRange(text: string | undefined): RequestedRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)(?:,|$)/.exec(text?.trim() ?? '') ?? [];
  if (first === '') return last === '' ? undefined : { lastBytes: Number(last) };
  const start = Number(first);
  const end = last === '' ? undefined : Number(last);
  return end !== undefined && end < start ? undefined : { start, end };
}

function exactRange(requested: RequestedRange, sizeBytes: number): ByteRange | undefined {
  if ('lastBytes' in requested) {
    const { lastBytes } = requested;
    return lastBytes <= sizeBytes ? { start: sizeBytes - lastBytes, end: sizeBytes - 1 } : undefined;
  }
  const { start, end = sizeBytes - 1 } = requested;
  return start <= end && end < sizeBytes ? { start, end } : undefined;
}

function clippedRange(requested: RequestedRange, sizeBytes: number): ByteRange | undefined {
  if ('lastBytes' in requested) {
    return sizeBytes > 0 ? { start: 0, end: sizeBytes - 1 } : undefined;
  }
  return requested.start < sizeBytes ? { start: requested.start, end: sizeBytes - 1 } : undefined;
}
