import { requireBucket } from '../require-bucket.ts';
import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { listElements } from './list-elements.ts';
import { readListName, readMaxKeys, readNameEncoding } from './list-parameters.ts';

/** ListObjects, the first version: what SDKs call unless told otherwise. Every object carries its owner. */
export async function listObjects({ request, bucket, emulator }: OperationCall): Promise<OssResponse> {
  const { parameters } = request;
  const maxKeys = readMaxKeys(parameters);
  const encoding = readNameEncoding(parameters);
  const prefix = readListName(parameters, 'prefix');
  const marker = readListName(parameters, 'marker');
  const delimiter = readListName(parameters, 'delimiter');
  await requireBucket(emulator.store, bucket);
  const page = await emulator.store.list(bucket, { prefix, delimiter, startAfter: marker, maxKeys });
  const next = page.nextStartAfter;
  return xmlResponse('ListBucketResult', [
    ['Name', bucket],
    ['Prefix', encoding.encode(prefix)],
    ['Marker', encoding.encode(marker)],
    ['MaxKeys', maxKeys],
    ['Delimiter', encoding.encode(delimiter)],
    ['EncodingType', encoding.type],
    ['IsTruncated', next !== undefined],
    ['NextMarker', next === undefined ? undefined : encoding.encode(next)],
    ...listElements(page, { encoding, withOwner: true }, emulator),
  ]);
}
