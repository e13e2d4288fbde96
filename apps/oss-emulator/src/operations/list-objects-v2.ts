import { requireBucket } from '../require-bucket.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { listElements } from './list-elements.ts';
import { readListName, readMaxKeys, readNameEncoding } from './list-parameters.ts';

/** ListObjectsV2: the owner only with `fetch-owner=true`; the continuation token goes before `start-after`. */
export async function listObjectsV2({ request, bucket, emulator }: OperationCall): Promise<OssResponse> {
  const { parameters } = request;
  const maxKeys = readMaxKeys(parameters);
  const encoding = readNameEncoding(parameters);
  const prefix = readListName(parameters, 'prefix');
  const delimiter = readListName(parameters, 'delimiter');
  const startAfter = readListName(parameters, 'start-after');
  const token = parameters.get('continuation-token') ?? '';
  await requireBucket(emulator.store, bucket);
  const after = token === '' ? startAfter : decodeToken(token);
  const page = await emulator.store.list(bucket, { prefix, delimiter, startAfter: after, maxKeys });
  const next = page.nextStartAfter;
  const withOwner = parameters.get('fetch-owner') === 'true';
  return xmlResponse('ListBucketResult', [
    ['Name', bucket],
    ['Prefix', encoding.encode(prefix)],
    ['StartAfter', encoding.encode(startAfter)],
    ['MaxKeys', maxKeys],
    ['Delimiter', encoding.encode(delimiter)],
    ['EncodingType', encoding.type],
    ['IsTruncated', next !== undefined],
    ['KeyCount', page.objects.length + page.commonPrefixes.length],
    ['ContinuationToken', token === '' ? undefined : token],
    ['NextContinuationToken', next === undefined ? undefined : encodeToken(next)],
    ...listElements(page, { encoding, withOwner }, emulator),
  ]);
}

/** Opaque to clients. Base64url survives being percent-decoded or not, whatever an SDK does with `encoding-type=url`. */
function encodeToken(startAfter: string): string {
  return Buffer.from(startAfter, 'utf8').toString('base64url');
}

function decodeToken(token: string): string {
  const startAfter = Buffer.from(token, 'base64url').toString('utf8');
  if (encodeToken(startAfter) !== token) {
    throw new OssError(
      'InvalidArgument',
      { ArgumentName: 'continuation-token', ArgumentValue: token },
      { message: 'The continuation token provided is incorrect.' },
    );
  }
  return startAfter;
}
