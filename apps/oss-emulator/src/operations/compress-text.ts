import { pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { OssResponse } from '../http/oss-response.ts';
import type { RequestHeaders } from '../http/request-headers.ts';

const COMPRESSED_TYPES: ReadonlySet<string> = new Set([
  'application/javascript',
  'application/json',
  'application/rss+xml',
  'application/x-javascript',
  'text/cache-manifest',
  'text/css',
  'text/html',
  'text/json',
  'text/plain',
  'text/xml',
]);

const MIN_COMPRESSED_BYTES = 1024;

/**
 * The answer to GetObject or HeadObject as a client gets it that takes gzip: texts of 1 KB and more are compressed on the
 * way. ETag, Accept-Ranges and Content-Length are gone then; the check sums are still those of the object. That ranges,
 * and objects that have a Content-Encoding already, stay as they are is assumed.
 * @see https://www.alibabacloud.com/help/faq-detail/39645.html
 */
export function compressText(response: OssResponse, request: RequestHeaders): OssResponse {
  const { status, headers = {}, body } = response;
  if (body === undefined || Buffer.isBuffer(body) || body.sizeBytes === undefined) return response;
  const isCompressible =
    status === 200 &&
    body.sizeBytes >= MIN_COMPRESSED_BYTES &&
    COMPRESSED_TYPES.has(mediaType(headers['Content-Type'])) &&
    headers['Content-Encoding'] === undefined;
  if (!isCompressible) return response;
  // For who takes no gzip as well (assertions on OSS in pull request 31 of the PHP SDK): caches keep both apart by it.
  if (!acceptsGzip(request['accept-encoding']))
    return { ...response, headers: { ...headers, Vary: 'Accept-Encoding' } };
  return {
    status,
    headers: {
      ...headers,
      ETag: undefined,
      'Accept-Ranges': undefined,
      'Content-Encoding': 'gzip',
      Vary: 'Accept-Encoding',
    },
    // What goes wrong destroys both streams, and who reads the second one learns of it there.
    body: { sizeBytes: undefined, bytes: pipeline(body.bytes, createGzip(), () => undefined) },
  };
}

/** `gzip, deflate;q=0.5`; a weight of 0 is a no. */
function acceptsGzip(acceptEncoding = ''): boolean {
  return acceptEncoding.split(',').some((coding) => {
    const [name = '', ...parameters] = coding.split(';').map((part) => part.trim().toLowerCase());
    return name === 'gzip' && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  });
}

function mediaType(contentType = ''): string {
  return (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
}
