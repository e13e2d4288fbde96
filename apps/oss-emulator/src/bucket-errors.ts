import { page } from './error-row.ts';

const API_PAGES = 'https://www.alibabacloud.com/help/en/oss/developer-reference';
const api = (name: string): string => `${API_PAGES}/${name}`;

/** The refusals of a bucket's configuration, for the table `errors.ts`. Messages: the pages of the status codes. */
// oxfmt-ignore
export const bucketErrors = {
  AccessMonitorDisableNotAllowed: { status: 400, message: 'Access monitor cannot be disabled while a lifecycle rule is based on the last access time.', doc: api('putbucketaccessmonitor') },
  CnameTokenNotFound: { status: 404, message: 'Cname token not found.', ec: '0018-00000301', doc: api('getcnametoken') },
  CORSRuleBeyondLimit: { status: 400, message: 'The CORS Rules num is beyond limit.', ec: '0034-00000006', doc: page(400) },
  BucketDataRedundancyTransitionTaskAlreadyExist: { status: 409, message: 'The bucket has a data redundancy transition task already.', doc: api('createbucketdataredundancytransition') },
  BucketDataRedundancyTransitionTaskNotExist: { status: 404, message: 'The data redundancy transition task does not exist.', doc: api('getbucketdataredundancytransition') },
  BucketDataRedundancyTransitionTaskNotSupport: { status: 400, message: 'The redundancy type of the bucket cannot be converted.', doc: api('createbucketdataredundancytransition') },
  BucketReplicationAlreadyExist: { status: 400, message: 'Bucket replication already exists.', doc: page(400) },
  InvalidLocationConstraint: { status: 400, message: 'The specified location-constraint is not valid', doc: page(400) },
  InvalidTargetBucketForLogging: { status: 400, message: 'put bucket log requester is not target bucket owner.', ec: '0032-00000008', doc: page(400) },
  InvalidTargetLocation: { status: 400, message: 'The target bucket you specified does not locate in the target location', doc: api('putbucketreplication') },
  InvalidWORMConfiguration: { status: 400, message: 'Invalid WORM Configuration.', doc: page(400) },
  InventoryExceedLimit: { status: 400, message: 'You are not allowed to create more inventory than limit.', doc: page(400) },
  ObjectAlreadyExists: { status: 400, message: 'The object you specified already exists.', doc: page(400) },
  RepeatedTags: { status: 400, message: 'Tag keys must be unique.', doc: page(400) },
  ResourceGroupIdPreCheckError: { status: 400, message: 'The resource group id precheck error', ec: '0039-00000003', doc: api('putbucketresourcegroup') },
  TooManyTags: { status: 400, message: 'The bucket tags num is beyond limit.', doc: page(400) },
  AccessForbidden: {
    status: 403,
    message:
      "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Requet-Headers are not whitelisted by the resource's CORS spec.",
    ec: '0003-00000602',
    doc: page(403),
  },
  // Message: PHP SDK, OssClientBucketStorageCapacityTest; code and status are assumed.
  QuotaExceeded: { status: 403, message: 'Bucket storage exceed max storage capacity.' },
  WORMConfigurationLocked: { status: 403, message: 'The WORM Configuration is locked.', doc: page(403) },
  NeedVerifyDomainOwnership: { status: 403, message: 'The ownership of the domain name has to be verified.', ec: '0018-00000115', doc: api('putcname') },
  NoSuchBucketOverwriteConfig: { status: 404, message: 'The bucket does not have an overwrite configuration.', doc: api('getbucketoverwriteconfig') },
  MetaQueryNotExist: { status: 404, message: 'The bucket is not open for queries of metadata.', doc: api('getmetaquerystatus') },
  NoSuchBucketPolicy: { status: 404, message: 'The specified bucket policy does not exist.', ec: '0030-00000006', doc: page(404) },
  NoSuchBucketQosInfo: { status: 404, message: 'The bucket does not have a QoS configuration.' },
  NoSuchCORSConfiguration: { status: 404, message: 'The CORS Configuration does not exist.', ec: '0034-00000001', doc: page(404) },
  NoSuchDataPipeline: { status: 404, message: 'The specified resource dataPipeline is not found.' },
  NoSuchHttpsConfig: { status: 404, message: 'The bucket does not have an HTTPS configuration.', doc: api('getbuckethttpsconfig') },
  NoSuchInventory: { status: 404, message: 'No Row found in Inventory Table.', doc: page(404) },
  NoSuchLifecycle: { status: 404, message: 'No Row found in Lifecycle Table.', doc: page(404) },
  NoSuchObjectWormConfiguration: { status: 404, message: 'The bucket does not have an object-level retention configuration.', doc: api('getbucketobjectwormconfiguration') },
  NoSuchRegion: { status: 404, message: 'NoSuchRegion', doc: page(404) },
  NoSuchReplicationConfiguration: { status: 404, message: 'The bucket you specified does not have replication configuration.', doc: page(404) },
  NoSuchReplicationRule: { status: 404, message: 'The BucketReplicationRule you specified does not exist.', doc: page(404) },
  NoSuchServerSideEncryptionRule: { status: 404, message: 'The server side encryption configuration was not found.', ec: '0005-00000004', doc: page(404) },
  NoSuchResponseHeaderConfiguration: { status: 404, message: 'The bucket does not hide response headers.' },
  NoSuchStyle: { status: 404, message: 'No Such Image Style.', doc: page(404) },
  NoSuchTransferAccelerationConfiguration: { status: 404, message: 'The bucket you specified does not have transfer acceleration configuration.', doc: page(404) },
  NoSuchUserDefinedLogFieldsConfig: { status: 404, message: 'The bucket does not have user defined log fields.', doc: api('getuserdefinedlogfieldsconfig') },
  NoSuchWebsiteConfiguration: { status: 404, message: 'The specified bucket does not have a website configuration.', doc: page(404) },
  NoSuchWORMConfiguration: { status: 404, message: 'The WORM Configuration does not exist.', doc: page(404) },
  InventoryConfigurationAlreadyExists: { status: 409, message: 'The Inventory Configuration already exists.', doc: page(409) },
  MetaQueryAlreadyExist: { status: 409, message: 'The bucket is open for queries of metadata already.', doc: api('openmetaquery') },
  WORMConfigurationAlreadyExists: { status: 409, message: 'The WORM Configuration already exists.', doc: page(409) },
} as const;
