import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssRequest } from './oss-request.ts';
import type { OssResponse } from './oss-response.ts';
import { pace } from './pace.ts';

/**
 * Bits a second, at most 100 MB/s: https://help.aliyun.com/en/oss/user-guide/0004-00000502. That page begins at 819,200, an
 * earlier edition at 30 KB/s, and ali-oss's multipart.test.js has 645,763 accepted; so the earlier edition's is taken.
 */
const MIN_LIMIT = 245_760;
const MAX_LIMIT = 838_860_800;

/** Those whose bytes come from the client or go to it; copies take the limit too, and are not slowed here. */
const LIMITED: readonly string[] = ['PutObject', 'AppendObject', 'PostObject', 'UploadPart', 'GetObject'];

/**
 * Runs an operation with `x-oss-traffic-limit`, a header or a parameter of the query, in force.
 * @throws {OssError} `InvalidArgument`, and what the operation throws
 */
export async function handleWithTrafficLimit(
  call: OperationCall,
  handle: (call: OperationCall) => Promise<OssResponse>,
): Promise<OssResponse> {
  const { request, operation } = call;
  const bytesPerSecond = LIMITED.includes(operation.name) ? readTrafficLimit(request) : undefined;
  if (bytesPerSecond === undefined) return handle(call);
  let readBytes = 0;
  const count = (bytes: number): void => void (readBytes += bytes);
  const body = pacedBody(request, bytesPerSecond, count);
  const response = await handle({ ...call, request: { ...request, body } });
  const sent = response.body === undefined || Buffer.isBuffer(response.body) ? undefined : response.body;
  const limited = withDelay(response, (readBytes + (sent?.sizeBytes ?? 0)) / bytesPerSecond);
  return sent === undefined ? limited : { ...limited, body: { ...sent, bytesPerSecond } };
}

/**
 * How long the limit holds the bytes up, in milliseconds; of a download it is an estimate
 * (https://www.alibabacloud.com/help/en/oss/user-guide/limits). Tests of Go SDK v1, PHP and C++ look for the header.
 */
function withDelay(response: OssResponse, seconds: number): OssResponse {
  return { ...response, headers: { ...response.headers, 'x-oss-qos-delay-time': String(Math.ceil(seconds * 1000)) } };
}

/**
 * @returns bytes a second; `undefined` when none is asked for
 * @throws {OssError} `InvalidArgument`
 */
export function readTrafficLimit({
  headers,
  parameters,
}: Pick<OssRequest, 'headers' | 'parameters'>): number | undefined {
  const text = headers['x-oss-traffic-limit'] ?? parameters.get('x-oss-traffic-limit');
  if (text === undefined) return undefined;
  const bitsPerSecond = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (bitsPerSecond < MIN_LIMIT || bitsPerSecond > MAX_LIMIT) {
    throw new OssError(
      'InvalidArgument',
      { ArgumentName: 'x-oss-traffic-limit', ArgumentValue: text },
      { message: `The traffic limit must be an integer between ${MIN_LIMIT} and ${MAX_LIMIT}.`, ec: '0004-00000502' },
    );
  }
  return bitsPerSecond / 8;
}

function pacedBody({ body }: OssRequest, bytesPerSecond: number, count: (bytes: number) => void): OssRequest['body'] {
  return {
    declaredSizeBytes: body.declaredSizeBytes,
    chunked: body.chunked,
    get isWithheld() {
      return body.isWithheld;
    },
    read: (maxBytes) => counted(pace(bytesPerSecond)(body.read(maxBytes)), count),
  };
}

async function* counted(
  bytes: AsyncIterable<Uint8Array>,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of bytes) {
    count(piece.length);
    yield piece;
  }
}
