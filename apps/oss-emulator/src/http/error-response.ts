import type { OssError } from '../oss-error.ts';
import type { OssRequest } from './oss-request.ts';
import { XML_CONTENT_TYPE } from './oss-response.ts';
import type { OssResponse } from './oss-response.ts';
import { xmlDocument } from '../xml.ts';
import type { XmlElement } from '../xml.ts';

export type FailedRequest = Pick<OssRequest, 'requestId' | 'hostName' | 'method'>;

/** Node's HTTP client takes 16 KB of headers in all, and more than that makes an answer none. */
const MAX_ERROR_HEADER_CHARACTERS = 8 * 1024;

/** What repeats the request, which may be long: a security token alone can have kilobytes. */
const REPEATING_MEMBERS: readonly string[] = ['StringToSign', 'StringToSignBytes', 'CanonicalRequest'];

/**
 * The one place where an error becomes XML. SDKs need RequestId and HostId in every one; what the body of an answer to
 * HEAD cannot say is in `x-oss-err` (Base64 of the same XML, without what repeats the request where that is too long) and
 * `x-oss-ec`.
 */
export function errorResponse(error: OssError, request: FailedRequest): OssResponse {
  const body = errorDocument(error, error.members, request);
  return {
    status: error.status,
    headers: {
      ...error.headers,
      'Content-Type': XML_CONTENT_TYPE,
      'x-oss-ec': error.ec,
      'x-oss-err': request.method === 'HEAD' ? errorHeader(body, error, request) : undefined,
    },
    body,
  };
}

function errorHeader(document: Buffer, error: OssError, request: FailedRequest): string {
  const text = document.toString('base64');
  if (text.length <= MAX_ERROR_HEADER_CHARACTERS) return text;
  const members = error.members.filter(([name]) => !REPEATING_MEMBERS.includes(name));
  return errorDocument(error, members, request).toString('base64');
}

function errorDocument(
  { code, message, ec }: OssError,
  members: readonly XmlElement[],
  { requestId, hostName }: FailedRequest,
): Buffer {
  const document = xmlDocument('Error', [
    ['Code', code],
    ['Message', message],
    ['RequestId', requestId],
    ['HostId', hostName],
    ...members,
    ['EC', ec],
    ['RecommendDoc', ec === undefined ? undefined : `https://api.aliyun.com/troubleshoot?q=${ec}`],
  ]);
  return Buffer.from(document, 'utf8');
}
