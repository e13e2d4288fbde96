import { percentDecodeInPlace } from './percent-decode-in-place.ts';

const LINE_FEED = 0x0a;
const BEYOND_LATIN1 = /[\u0100-\uffff]/;

/**
 * What OSS signs of a callback before the body: the path, percent-decoded once, the query as it is, and a line feed. A
 * `?` that comes out of the path's escapes is part of the path.
 */
export function signedTargetLine(requestTarget: string): Buffer {
  // `node:http` hands over one character per byte; text beyond that (never from a socket) is taken as UTF-8.
  const target = BEYOND_LATIN1.test(requestTarget) ? Buffer.from(requestTarget).toString('latin1') : requestTarget;
  const bytes = Buffer.allocUnsafe(target.length + 1);
  bytes.write(target, 'latin1');
  bytes[target.length] = LINE_FEED;
  const firstEscape = target.indexOf('%');
  const questionMark = target.indexOf('?');
  const pathEnd = questionMark === -1 ? target.length : questionMark;
  if (firstEscape === -1 || firstEscape >= pathEnd) {
    return bytes;
  }
  const decodedEnd = percentDecodeInPlace(bytes, firstEscape, pathEnd);
  bytes.copyWithin(decodedEnd, pathEnd);
  return bytes.subarray(0, bytes.length - (pathEnd - decodedEnd));
}
