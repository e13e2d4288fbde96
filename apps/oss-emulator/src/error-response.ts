import type { OssError } from './oss-error.ts';
import type { OssRequest } from './oss-request.ts';
import { XML_CONTENT_TYPE } from './oss-response.ts';
import type { OssResponse } from './oss-response.ts';
import { xmlDocument } from './xml.ts';

export type FailedRequest = Pick<OssRequest, 'requestId' | 'hostName' | 'method'>;

/**
 * The one place where an error becomes XML. SDKs need RequestId and HostId in every one; what the body of an answer to
 * HEAD cannot say is in `x-oss-err` (Base64 of the same XML) and `x-oss-ec`.
 */
export function errorResponse(error: OssError, { requestId, hostName, method }: FailedRequest): OssResponse {
  const body = Buffer.from(
    xmlDocument('Error', [
      ['Code', error.code],
      ['Message', error.message],
      ['RequestId', requestId],
      ['HostId', hostName],
      ...error.members,
      ['EC', error.ec],
      ['RecommendDoc', error.ec === undefined ? undefined : `https://api.aliyun.com/troubleshoot?q=${error.ec}`],
    ]),
    'utf8',
  );
  return {
    status: error.status,
    headers: {
      ...error.headers,
      'Content-Type': XML_CONTENT_TYPE,
      'x-oss-ec': error.ec,
      'x-oss-err': method === 'HEAD' ? body.toString('base64') : undefined,
    },
    body,
  };
}
