import { bucketTags } from '../bucket-configuration/bucket-tagging.ts';
import { DEFAULT_RESOURCE_GROUP } from '../bucket-configuration/resource-group.ts';
import { isBucketName } from '../bucket-name.ts';
import type { Account, EmulatorContext } from '../emulator-context.ts';
import type { Caller, OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { BucketRecord } from '../store/object-store.ts';
import type { XmlElement } from '../xml.ts';
import { bucketElements, ownerElement, resourceGroupOf } from './bucket-elements.ts';
import { readMaxKeys } from './list-parameters.ts';
import { readTagFilter } from './tag-filter.ts';

/**
 * GetService, which newer documentation calls ListBuckets. Buckets that no request could name are not shown: the emulator's
 * own, and those that another tool made on the S3 server behind it.
 *
 * `x-oss-resource-group-id` without a value stands for the default group (page of ListBuckets). Groups are shown only to
 * a request that has the header (test of Java's `CreateBucketTest`).
 */
export async function getService({ request, caller, emulator }: OperationCall): Promise<OssResponse> {
  const { parameters, headers } = request;
  const prefix = readPrefix(parameters.get('prefix') ?? '');
  const marker = parameters.get('marker') ?? '';
  const maxKeys = readMaxKeys(parameters);
  const group = headers['x-oss-resource-group-id'];
  const show = { resourceGroup: group !== undefined };
  const hasTags = readTagFilter(parameters);
  const owner = otherAccountOf(caller, emulator);
  const buckets = owner === undefined ? await emulator.store.listBuckets() : [];
  const matching = buckets
    .filter(({ name }) => isBucketName(name) && name.startsWith(prefix) && name > marker)
    .filter((bucket) => group === undefined || resourceGroupOf(bucket) === (group || DEFAULT_RESOURCE_GROUP))
    .filter((bucket) => hasTags(bucketTags(bucket)));
  const page = matching.slice(0, maxKeys);
  const isTruncated = page.length < matching.length;
  return xmlResponse('ListAllMyBucketsResult', [
    ['Prefix', prefix],
    ['Marker', marker],
    ['MaxKeys', maxKeys],
    ['IsTruncated', isTruncated],
    ['NextMarker', isTruncated ? page.at(-1)?.name : undefined],
    ownerElement(owner ?? emulator.account),
    [
      'Buckets',
      page.map(
        (bucket) => ['Bucket', [...bucketElements(bucket, emulator.region, show), taggingElement(bucket)]] as const,
      ),
    ],
  ]);
}

/** Another account has no buckets here. */
function otherAccountOf(caller: Caller, { otherAccounts }: EmulatorContext): Account | undefined {
  return caller.kind === 'other-account' ? otherAccounts.find(({ id }) => id === caller.accountId) : undefined;
}

/** Only for buckets that have tags (ali-oss reads them from the list). */
function taggingElement(bucket: BucketRecord): XmlElement {
  const tags = bucketTags(bucket).map(({ key, value }): XmlElement => [
    'Tag',
    [
      ['Key', key],
      ['Value', value],
    ],
  ]);
  return ['Tagging', tags.length === 0 ? undefined : [['TagSet', tags]]];
}

/**
 * One that no bucket's name can begin with is refused: IsBucketExist of the Go SDK v1 lists by it, and its test wants an error.
 * @throws {OssError} `InvalidArgument`; the code is assumed
 */
function readPrefix(prefix: string): string {
  if (/^[a-z0-9_-]{0,63}$/.test(prefix)) return prefix;
  const message = 'The prefix must be the beginning of a bucket name.';
  throw new OssError('InvalidArgument', { ArgumentName: 'prefix', ArgumentValue: prefix }, { message });
}
