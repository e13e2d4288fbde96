import { isBucketName } from '../bucket-name.ts';
import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../oss-response.ts';
import type { OssResponse } from '../oss-response.ts';
import { bucketElements, ownerElement } from './bucket-elements.ts';
import { readMaxKeys } from './list-parameters.ts';

/**
 * GetService, which newer documentation calls ListBuckets. Buckets that no request could name are not shown: the emulator's
 * own, and those that another tool made on the S3 server behind it.
 */
export async function getService({ request, emulator }: OperationCall): Promise<OssResponse> {
  const prefix = request.parameters.get('prefix') ?? '';
  const marker = request.parameters.get('marker') ?? '';
  const maxKeys = readMaxKeys(request.parameters);
  const buckets = (await emulator.store.listBuckets()).filter(({ name }) => isBucketName(name));
  const matching = buckets.filter(({ name }) => name.startsWith(prefix) && name > marker);
  const page = matching.slice(0, maxKeys);
  const isTruncated = page.length < matching.length;
  return xmlResponse('ListAllMyBucketsResult', [
    ['Prefix', prefix],
    ['Marker', marker],
    ['MaxKeys', maxKeys],
    ['IsTruncated', isTruncated],
    ['NextMarker', isTruncated ? page.at(-1)?.name : undefined],
    ownerElement(emulator.account),
    ['Buckets', page.map((bucket) => ['Bucket', bucketElements(bucket, emulator.region)] as const)],
  ]);
}
