import { requireBucket } from '../require-bucket.ts';
import type { OperationCall, OperationHandler } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { XML_CONTENT_TYPE, xmlResponse } from '../http/oss-response.ts';
import { parseXml } from '../parse-xml.ts';
import type { BucketRecord } from '../store/object-store.ts';
import type { XmlElement } from '../xml.ts';
import { collectedConfigurations, withCollected, withoutCollected } from './configuration-collection.ts';
import type { CollectedConfiguration } from './configuration-collection.ts';
import { descend, textAt } from './configuration-node.ts';
import { configurationXml, elementOf } from './configuration-xml.ts';
import { anyText, flag, group, many, oneOf, required, withFallback, word } from './element-rules.ts';
import type { ContentRules, ElementRule } from './element-rules.ts';
import { malformed, readConfiguration } from './read-configuration.ts';
import type { ConfigurationNode } from './read-configuration.ts';
import { changeBucket, readConfigurationBody } from './stored-configuration.ts';

const SETTING = 'inventory';
const ROOT = 'InventoryConfiguration';
const PAGE_SIZE = 100;
const MAX_INVENTORIES = 1000;
const BUCKET_PREFIX = 'acs:oss:::';

/** Put as `Standard,IA`, answered as `IA,Standard`: so the tests of oss2 and the Java SDK. */
const storageClasses: ElementRule = {
  read: (text) =>
    text
      .split(',')
      .map((name) => name.trim())
      .toSorted()
      .join(','),
};

/** Source: putbucketinventory. */
const content: ContentRules = {
  Id: required(word),
  IsEnabled: required(flag),
  // Always answered: ali-oss reads the prefix of whatever it lists.
  Filter: withFallback(group({ Prefix: withFallback(anyText, ''), StorageClass: storageClasses }), ''),
  Destination: required(
    group({
      OSSBucketDestination: required(
        group({
          Format: required(oneOf('CSV', 'Parquet')),
          AccountId: required(word),
          RoleArn: required(word),
          Bucket: required(word),
          Prefix: anyText,
          Encryption: group({}),
        }),
      ),
    }),
  ),
  Schedule: required(group({ Frequency: required(oneOf('Daily', 'Weekly')) })),
  IncludedObjectVersions: required(oneOf('All', 'Current')),
  OptionalFields: group({ Field: many(word) }),
};

export const putBucketInventory: OperationHandler = async (call) => {
  await requireBucket(call.emulator.store, call.bucket);
  const document = readConfiguration((await readConfigurationBody(call.request)).toString('utf8'), ROOT, content);
  const id = checkedId(document, call);
  await requireDestination(document, call);
  const added = { id, xml: configurationXml(document) };
  await changeBucket(call, (bucket) => withInventory(bucket, added));
  return { status: 200 };
};

/**
 * A bucket of the own account has to be there (C++ SDK, BucketInventoryConfigurationNegativeTest); others are not known here.
 * @throws {OssError} `InvalidArgument`
 */
async function requireDestination(document: ConfigurationNode, { emulator }: OperationCall): Promise<void> {
  const destination = ['Destination', 'OSSBucketDestination'] as const;
  if (textAt(document, ...destination, 'AccountId') !== emulator.account.id) return;
  const bucket = textAt(document, ...destination, 'Bucket') ?? '';
  if ((await emulator.store.getBucket(bucket.slice(BUCKET_PREFIX.length))) !== undefined) return;
  throw new OssError(
    'InvalidArgument',
    { ArgumentName: 'Bucket', ArgumentValue: bucket },
    { message: 'The destination bucket does not exist.' },
  );
}

export const getBucketInventory: OperationHandler = async (call) => {
  const record = await requireBucket(call.emulator.store, call.bucket);
  const id = call.request.parameters.get('inventoryId');
  const inventory = collectedConfigurations(record, SETTING).find((item) => item.id === id);
  if (inventory === undefined) throw new OssError('NoSuchInventory', { BucketName: call.bucket });
  return { status: 200, headers: { 'Content-Type': XML_CONTENT_TYPE }, body: Buffer.from(inventory.xml, 'utf8') };
};

/** In pages of a hundred; an empty list is an error (oss2 and the Go SDK test it). */
export const listBucketInventory: OperationHandler = async (call) => {
  const record = await requireBucket(call.emulator.store, call.bucket);
  const inventories = collectedConfigurations(record, SETTING).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  if (inventories.length === 0) throw new OssError('NoSuchInventory', { BucketName: call.bucket });
  const token = call.request.parameters.get('continuation-token') ?? '';
  const rest = inventories.filter(({ id }) => id > token);
  const page = rest.slice(0, PAGE_SIZE);
  const isTruncated = page.length < rest.length;
  return xmlResponse('ListInventoryConfigurationsResult', [
    // Read by oss2 and tested by the Java SDK.
    ['ContinuationToken', token === '' ? undefined : token],
    ...page.flatMap(({ xml }): XmlElement[] => {
      const document = parseXml(xml);
      return document === undefined ? [] : [elementOf(document)];
    }),
    ['IsTruncated', isTruncated],
    ['NextContinuationToken', isTruncated ? page.at(-1)?.id : undefined],
  ]);
};

export const deleteBucketInventory: OperationHandler = async (call) => {
  const id = call.request.parameters.get('inventoryId') ?? '';
  await changeBucket(call, (bucket) => withoutCollected(bucket, SETTING, id));
  return { status: 204 };
};

/**
 * The id of the document is that of the query; the destination is written as a resource name, and has one encryption at most
 * (Go SDK v1, TestSetBucketInventory).
 */
function checkedId(document: ConfigurationNode, { request }: OperationCall): string {
  const id = textAt(document, 'Id') ?? '';
  if (id === '' || id !== request.parameters.get('inventoryId'))
    throw malformed('Id must be the inventoryId of the query.');
  const encryption = descend(document, 'Destination', 'OSSBucketDestination', 'Encryption');
  if ((encryption?.children.length ?? 0) > 1) throw malformed('Encryption must have SSE-OSS or SSE-KMS, not both.');
  const destination = textAt(document, 'Destination', 'OSSBucketDestination', 'Bucket') ?? '';
  if (!/^acs:oss:::[a-z0-9-]{3,63}$/.test(destination)) {
    const members = { ArgumentName: 'Bucket', ArgumentValue: destination };
    throw new OssError('InvalidArgument', members, { message: 'Bucket must be acs:oss::: and the name of a bucket.' });
  }
  return id;
}

function withInventory(bucket: BucketRecord, added: CollectedConfiguration): BucketRecord {
  const present = collectedConfigurations(bucket, SETTING);
  if (present.some(({ id }) => id === added.id)) {
    throw new OssError('InventoryConfigurationAlreadyExists', { BucketName: bucket.name });
  }
  if (present.length >= MAX_INVENTORIES) throw new OssError('InventoryExceedLimit', { BucketName: bucket.name });
  return withCollected(bucket, SETTING, added);
}
