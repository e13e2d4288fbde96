import type { OssErrorCode } from '../src/errors.ts';
import { corsXml, inventoryXml, OBJECT_WORM_XML, wormXml } from './configuration-xml.ts';

/** What the least request of an operation on a bucket's configuration needs beside what its row says. */
export const BUCKET_BODIES: Readonly<Record<string, string>> = {
  PutBucketCors: corsXml({ AllowedOrigin: '*', AllowedMethod: 'GET' }),
  PutBucketTags: '<Tagging><TagSet/></Tagging>',
  PutBucketLifecycle:
    '<LifecycleConfiguration><Rule><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>',
  PutBucketReferer:
    '<RefererConfiguration><AllowEmptyReferer>true</AllowEmptyReferer><RefererList/></RefererConfiguration>',
  PutBucketLogging: '<BucketLoggingStatus/>',
  PutBucketWebsite:
    '<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument></WebsiteConfiguration>',
  PutBucketEncryption:
    '<ServerSideEncryptionRule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>' +
    '</ApplyServerSideEncryptionByDefault></ServerSideEncryptionRule>',
  PutBucketPolicy:
    '{"Version":"1","Statement":[{"Effect":"Allow","Action":["oss:GetObject"],"Principal":["1"],"Resource":["acs:oss:*:*:*"]}]}',
  PutPublicAccessBlock: '<PublicAccessBlockConfiguration/>',
  PutBucketPublicAccessBlock: '<PublicAccessBlockConfiguration/>',
  PutBucketRequestPayment: '<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>',
  PutBucketTransferAcceleration:
    '<TransferAccelerationConfiguration><Enabled>true</Enabled></TransferAccelerationConfiguration>',
  PutBucketAccessMonitor: '<AccessMonitorConfiguration><Status>Enabled</Status></AccessMonitorConfiguration>',
  PutBucketInventory: inventoryXml('row'),
  PutBucketReplication:
    '<ReplicationConfiguration><Rule><Destination><Bucket>b</Bucket><Location>oss-cn-beijing</Location></Destination></Rule></ReplicationConfiguration>',
  DeleteBucketReplication: '<ReplicationRules><ID>r</ID></ReplicationRules>',
  PutBucketRTC: '<ReplicationRule><RTC><Status>enabled</Status></RTC><ID>r</ID></ReplicationRule>',
  InitiateBucketWorm: wormXml(1),
  ExtendBucketWorm: wormXml(1, 'ExtendWormConfiguration'),
  PutBucketResourceGroup: '<BucketResourceGroupConfiguration/>',
  PutBucketArchiveDirectRead: '<ArchiveDirectReadConfiguration/>',
  PutBucketHttpsConfig: '<HttpsConfiguration><TLS><Enable>false</Enable></TLS></HttpsConfiguration>',
  PutStyle: '<Style><Content>image/resize,p_50</Content></Style>',
  PutBucketProcess: '<BucketProcessConfiguration><CompliedHost>Both</CompliedHost></BucketProcessConfiguration>',
  PutBucketQosInfo: '<QoSConfiguration/>',
  PutBucketStorageCapacity: '<BucketUserQos><StorageCapacity>-1</StorageCapacity></BucketUserQos>',
  PutCname: '<BucketCnameConfiguration><Cname><Domain>example.com</Domain></Cname></BucketCnameConfiguration>',
  DeleteCname: '<BucketCnameConfiguration><Cname><Domain>example.com</Domain></Cname></BucketCnameConfiguration>',
  CreateCnameToken: '<BucketCnameConfiguration><Cname><Domain>example.com</Domain></Cname></BucketCnameConfiguration>',
  PutBucketObjectWormConfiguration: OBJECT_WORM_XML,
  PutBucketResponseHeader: '<ResponseHeaderConfiguration><Rule><Name>row</Name></Rule></ResponseHeaderConfiguration>',
  PutBucketOverwriteConfig: '<OverwriteConfiguration><Rule><Action>forbid</Action></Rule></OverwriteConfiguration>',
  PutAsyncFetchTask:
    '<AsyncFetchTaskConfiguration><Url>http://127.0.0.1:9</Url><Object>o</Object></AsyncFetchTaskConfiguration>',
  PutUserDefinedLogFieldsConfig: '<UserDefinedLogFieldsConfiguration/>',
};

/** Values of query parameters that need one. */
export const BUCKET_QUERIES: Readonly<Record<string, string>> = {
  inventoryId: 'row',
  styleName: 'row',
  'x-oss-redundancy-transition-taskid': 'row',
};

/** What Get answers of a new bucket, and what else there is nothing of. */
export const BUCKET_REFUSALS: Readonly<Record<string, OssErrorCode>> = {
  GetBucketDataRedundancyTransition: 'BucketDataRedundancyTransitionTaskNotExist',
  DeleteBucketDataRedundancyTransition: 'BucketDataRedundancyTransitionTaskNotExist',
  CreateBucketDataRedundancyTransition: 'InvalidArgument',
  GetAsyncFetchTask: 'InvalidArgument',
  DoDataPipeLineAction: 'NoSuchDataPipeline',
  DoMetaQuery: 'MetaQueryNotExist',
  DoMetaQueryAction: 'OperationNotSupported',
  GetMetaQueryStatus: 'MetaQueryNotExist',
  GetCnameToken: 'CnameTokenNotFound',
  PutCname: 'NeedVerifyDomainOwnership',
  CompleteBucketWorm: 'NoSuchWORMConfiguration',
  ExtendBucketWorm: 'NoSuchWORMConfiguration',
  GetBucketCors: 'NoSuchCORSConfiguration',
  GetBucketEncryption: 'NoSuchServerSideEncryptionRule',
  GetBucketHttpsConfig: 'NoSuchHttpsConfig',
  GetBucketInventory: 'NoSuchInventory',
  GetBucketLifecycle: 'NoSuchLifecycle',
  GetBucketObjectWormConfiguration: 'NoSuchObjectWormConfiguration',
  PutBucketObjectWormConfiguration: 'InvalidRequest',
  GetBucketResponseHeader: 'NoSuchResponseHeaderConfiguration',
  GetBucketOverwriteConfig: 'NoSuchBucketOverwriteConfig',
  GetBucketPolicy: 'NoSuchBucketPolicy',
  GetBucketQosInfo: 'NoSuchBucketQosInfo',
  GetBucketReplication: 'NoSuchReplicationConfiguration',
  GetBucketReplicationProgress: 'NoSuchReplicationRule',
  GetBucketTransferAcceleration: 'NoSuchTransferAccelerationConfiguration',
  GetBucketWebsite: 'NoSuchWebsiteConfiguration',
  GetBucketWorm: 'NoSuchWORMConfiguration',
  GetStyle: 'NoSuchStyle',
  GetUserDefinedLogFieldsConfig: 'NoSuchUserDefinedLogFieldsConfig',
  ListBucketInventory: 'NoSuchInventory',
  OptionObject: 'AccessForbidden',
  PutBucketRTC: 'NoSuchReplicationRule',
};
