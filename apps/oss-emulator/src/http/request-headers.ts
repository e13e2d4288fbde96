import { decodeHeaderText } from './header-text.ts';
import { OssError } from '../oss-error.ts';

/** Values as Unicode text, by lower-case name. */
export type RequestHeaders = Readonly<Record<string, string>>;

/**
 * Headers that decide who asks, for what, and with which body. Two of them are always a mistake or an attack: whatever
 * stands in front of us may have looked at the other one.
 */
const ONCE_ONLY = new Set([
  'authorization',
  'content-length',
  'content-md5',
  'content-type',
  'date',
  'host',
  'if-modified-since',
  'if-unmodified-since',
  'range',
  'transfer-encoding',
]);

/** So are two of every instruction to OSS: joined they would be another one, and `true,true` none at all. */
function mayStandOnceOnly(name: string): boolean {
  return ONCE_ONLY.has(name) || (name.startsWith('x-oss-') && !name.startsWith('x-oss-meta-'));
}

/**
 * @param rawHeaders names and values in turn, as in `IncomingMessage.rawHeaders`
 * @throws {OssError} `InvalidArgument` for a repeated header that may stand once only; others are joined with `,`, as the
 * V1 signature joins them; `NotImplemented` for a transfer coding other than chunked, whose bytes nobody would decode
 */
export function readRequestHeaders(rawHeaders: readonly string[]): RequestHeaders {
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = decodeHeaderText(rawHeaders[index + 1] ?? '');
    const earlier = headers[name];
    if (earlier !== undefined && mayStandOnceOnly(name)) {
      throw new OssError(
        'InvalidArgument',
        { ArgumentName: name },
        { message: `The header ${name} must not be given more than once.` },
      );
    }
    headers[name] = earlier === undefined ? value : `${earlier},${value}`;
  }
  if (!/^(?:chunked)?$/i.test((headers['transfer-encoding'] ?? '').trim())) {
    throw new OssError('NotImplemented', { Header: 'Transfer-Encoding' });
  }
  return headers;
}
