import { requireBucket } from '../require-bucket.ts';
import { corsHeaders, hasCorsRules } from '../bucket-configuration/cors-rules.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../http/oss-response.ts';

/**
 * A browser's question before a request to another origin: no signature, and nothing looked at but the bucket's CORS
 * rules. Source: the options page, and those of EC 0003-00000601, 602, 0034-00000101, 102.
 */
export async function optionObject({ request, bucket, emulator }: OperationCall): Promise<OssResponse> {
  const { headers } = request;
  const origin = headers['origin'] ?? '';
  const method = headers['access-control-request-method'] ?? '';
  if (origin === '') throw insufficient('Origin request header needed.', '0034-00000101');
  if (method === '') throw insufficient('Request Access-Control-Request-Method header needed.', '0034-00000102');
  const record = await requireBucket(emulator.store, bucket);
  const requestHeaders = headers['access-control-request-headers'];
  const allowed = corsHeaders(record, { origin, method, requestHeaders });
  if (allowed !== undefined) return { status: 200, headers: allowed };
  throw new OssError('AccessForbidden', {}, hasCorsRules(record) ? {} : { message: NOT_ENABLED, ec: '0003-00000601' });
}

/** Its text is S3's, from which OSS has the other one too. */
const NOT_ENABLED = 'CORSResponse: CORS is not enabled for this bucket.';

function insufficient(what: string, ec: string): OssError {
  return new OssError('BadRequest', {}, { message: `Insufficient information. ${what}`, ec });
}
