import { encryptionConfiguration, encryptionFromHeaders } from '../bucket-configuration/encryption-configuration.ts';
import { checkAccountPublicAcl, checkPublicAcl } from '../bucket-configuration/public-access-block.ts';
import { resourceGroup } from '../bucket-configuration/plain-configurations.ts';
import { isResourceGroup } from '../bucket-configuration/resource-group.ts';
import { configurationXml } from '../bucket-configuration/configuration-xml.ts';
import { readConfiguration } from '../bucket-configuration/read-configuration.ts';
import type { ConfigurationNode } from '../bucket-configuration/read-configuration.ts';
import { textAt } from '../bucket-configuration/configuration-node.ts';
import { oneOf, word } from '../bucket-configuration/element-rules.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { readSmallBody } from '../http/request-body.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import type { BucketAcl, BucketRecord } from '../store/object-store.ts';
import { readBucketAcl } from './bucket-acl.ts';
import { checkNewBucketName } from './check-new-bucket-name.ts';
import { DEFAULT_REDUNDANCY_TYPE, REDUNDANCY_SETTING, redundancyType } from './data-redundancy.ts';
import { newBucket } from './new-bucket.ts';
import { readStorageClass } from './storage-class.ts';

const MAX_CONFIGURATION_BYTES = 16 * 1024;

/** What a request asks of the bucket; `undefined` where it says nothing. */
interface RequestedBucket {
  readonly acl: BucketAcl | undefined;
  readonly storageClass: string | undefined;
  readonly redundancyType: string | undefined;
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * PutBucket. The owner may put a bucket again: it succeeds, changes the ACL when one is given, and nothing else. What
 * cannot be changed is refused when it differs (409 page, the messages of BucketAlreadyExists).
 */
export async function putBucket({ request, bucket, emulator }: OperationCall): Promise<OssResponse> {
  checkNewBucketName(bucket);
  const body = (await readSmallBody(request.body, MAX_CONFIGURATION_BYTES)).toString('utf8');
  const requested = readRequestedBucket(request.headers, body, emulator.region);
  await checkAccountPublicAcl(emulator.store, bucket, requested.acl);
  const { acl = 'private', storageClass = 'Standard', settings } = requested;
  const created = newBucket(bucket, emulator.now(), { acl, storageClass, settings });
  if ((await emulator.store.createBucket(created)) === 'exists') {
    await emulator.store.updateBucket(bucket, (present) => putAgain(present, requested, emulator.now()));
  }
  return { status: 200, headers: { Location: `/${bucket}` } };
}

function putAgain(present: BucketRecord, requested: RequestedBucket, now: Date): BucketRecord {
  if (requested.storageClass !== undefined && requested.storageClass !== present.storageClass) {
    throw alreadyExists(present.name, "Cannot modify existing bucket's storage class.");
  }
  if (requested.redundancyType !== undefined && requested.redundancyType !== redundancyType(present, now)) {
    throw alreadyExists(present.name, "Bucket already exists CAN'T modify data redundancy type.");
  }
  const acl = requested.acl ?? present.acl;
  checkPublicAcl(present, acl);
  return { ...present, acl };
}

function alreadyExists(bucket: string, message: string): OssError {
  return new OssError('BucketAlreadyExists', { BucketName: bucket }, { message });
}

/** @throws {OssError} `InvalidArgument`, `MalformedXML`, `InvalidLocationConstraint` */
function readRequestedBucket(headers: RequestHeaders, body: string, region: string): RequestedBucket {
  const acl = readBucketAcl(headers['x-oss-acl']);
  const configuration = readCreateBucketConfiguration(body, region);
  const redundancy = textAt(configuration, 'DataRedundancyType');
  const encryption = encryptionFromHeaders(headers);
  const group = readResourceGroup(headers['x-oss-resource-group-id']);
  return {
    acl,
    storageClass: readStorageClass(textAt(configuration, 'StorageClass')),
    redundancyType: redundancy,
    settings: {
      ...(redundancy !== undefined && redundancy !== DEFAULT_REDUNDANCY_TYPE && { [REDUNDANCY_SETTING]: redundancy }),
      ...(encryption !== undefined && { [encryptionConfiguration.setting]: encryption }),
      ...(group !== undefined && { [resourceGroup.setting]: group }),
    },
  };
}

/** `<CreateBucketConfiguration>` or nothing; a region that is not ours is refused (Java SDK, CreateBucketTest). */
function readCreateBucketConfiguration(xml: string, region: string): ConfigurationNode | undefined {
  if (xml.trim() === '') return undefined;
  const document = readConfiguration(xml, 'CreateBucketConfiguration', {
    LocationConstraint: word,
    StorageClass: word,
    DataRedundancyType: oneOf('LRS', 'ZRS'),
  });
  const location = textAt(document, 'LocationConstraint') ?? '';
  if (location !== '' && location !== `oss-${region}`) throw new OssError('InvalidLocationConstraint');
  return document;
}

/** @returns the document that GetBucketResourceGroup answers */
function readResourceGroup(id: string | undefined): string | undefined {
  if (id === undefined || id === '') return undefined;
  if (!isResourceGroup(id)) {
    const members = { ArgumentName: 'x-oss-resource-group-id', ArgumentValue: id };
    throw new OssError('InvalidArgument', members, { message: 'The resource group id is invalid.' });
  }
  const group = { name: 'ResourceGroupId', children: [], text: id };
  return configurationXml({ name: resourceGroup.root, children: [group], text: '' });
}
