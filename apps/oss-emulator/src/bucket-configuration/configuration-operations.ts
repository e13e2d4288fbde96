import { deletePublicAccessBlock, getPublicAccessBlock, putPublicAccessBlock } from './account-public-access-block.ts';
import { bucketProcess } from './bucket-process.ts';
import { bucketTagging, deleteBucketTags } from './bucket-tagging.ts';
import { getBucketPolicy, getBucketPolicyStatus, POLICY_SETTING, putBucketPolicy } from './bucket-policy.ts';
import { createCnameToken, deleteCname, getCnameToken, listCname, putCname } from './cname.ts';
import { corsConfiguration } from './cors-configuration.ts';
import { encryptionConfiguration } from './encryption-configuration.ts';
import { deleteBucketInventory, getBucketInventory, listBucketInventory, putBucketInventory } from './inventories.ts';
import { lifecycleConfiguration } from './lifecycle-configuration.ts';
import { loggingConfiguration } from './logging-configuration.ts';
import {
  accessMonitor,
  archiveDirectRead,
  bucketQos,
  requestPayment,
  resourceGroup,
  responseHeaders,
  storageCapacity,
  transferAcceleration,
  userDefinedLogFields,
} from './plain-configurations.ts';
import { publicAccessBlock } from './public-access-block.ts';
import {
  createRedundancyTransition,
  deleteRedundancyTransition,
  getRedundancyTransition,
  listRedundancyTransitions,
  listUserRedundancyTransitions,
} from './redundancy-transition.ts';
import { refererConfiguration } from './referer-configuration.ts';
import {
  deleteBucketReplication,
  getBucketReplication,
  getBucketReplicationProgress,
  putBucketReplication,
  putBucketRtc,
} from './replication.ts';
import { httpsConfig } from './https-configuration.ts';
import { getBucketReplicationLocation } from './replication-location.ts';
import { deleteConfiguration, getConfiguration, putConfiguration } from './stored-configuration.ts';
import { deleteStyle, getStyle, listStyle, putStyle } from './styles.ts';
import { objectWormConfiguration } from './object-worm-configuration.ts';
import { overwriteConfiguration } from './overwrite-configuration.ts';
import { websiteConfiguration } from './website-configuration.ts';
import { abortBucketWorm, completeBucketWorm, extendBucketWorm, getBucketWorm, initiateBucketWorm } from './worm.ts';
import type { Operation } from '../operation.ts';

const service = { resource: 'service' } as const;
const bucket = { resource: 'bucket' } as const;
const enforced = { effect: 'enforced' } as const;
const stored = { effect: 'stored' } as const;
const compAdd = { parameter: 'comp', value: 'add' } as const;
const compDelete = { parameter: 'comp', value: 'delete' } as const;
const compToken = { parameter: 'comp', value: 'token' } as const;

/** The chapter of the table of operations that is about how buckets, and the account, are configured. */
// oxfmt-ignore
export const configurationOperations: readonly Operation[] = [
  { ...service, name: 'PutPublicAccessBlock', method: 'PUT', subresource: 'publicAccessBlock', doc: 'putpublicaccessblock', handle: putPublicAccessBlock, ...enforced },
  { ...service, name: 'GetPublicAccessBlock', method: 'GET', subresource: 'publicAccessBlock', doc: 'getpublicaccessblock', handle: getPublicAccessBlock, ...enforced },
  { ...service, name: 'DeletePublicAccessBlock', method: 'DELETE', subresource: 'publicAccessBlock', doc: 'deletepublicaccessblock', handle: deletePublicAccessBlock, ...enforced },
  { ...service, name: 'ListUserDataRedundancyTransition', method: 'GET', subresource: 'redundancyTransition', doc: 'listuserdataredundancytransition', handle: listUserRedundancyTransitions, ...enforced },
  { ...bucket, name: 'PutBucketCors', method: 'PUT', subresource: 'cors', doc: 'putbucketcors', handle: putConfiguration(corsConfiguration), ...enforced },
  { ...bucket, name: 'GetBucketCors', method: 'GET', subresource: 'cors', doc: 'getbucketcors', handle: getConfiguration(corsConfiguration), ...enforced },
  { ...bucket, name: 'DeleteBucketCors', method: 'DELETE', subresource: 'cors', doc: 'deletebucketcors', handle: deleteConfiguration(corsConfiguration), ...enforced },
  { ...bucket, name: 'PutBucketTags', method: 'PUT', subresource: 'tagging', doc: 'putbuckettags', handle: putConfiguration(bucketTagging), ...enforced },
  { ...bucket, name: 'GetBucketTags', method: 'GET', subresource: 'tagging', doc: 'getbuckettags', handle: getConfiguration(bucketTagging), ...enforced },
  { ...bucket, name: 'DeleteBucketTags', method: 'DELETE', subresource: 'tagging', doc: 'deletebuckettags', handle: deleteBucketTags, ...enforced },
  { ...bucket, name: 'PutBucketLifecycle', method: 'PUT', subresource: 'lifecycle', doc: 'putbucketlifecycle', handle: putConfiguration(lifecycleConfiguration), ...stored },
  { ...bucket, name: 'GetBucketLifecycle', method: 'GET', subresource: 'lifecycle', doc: 'getbucketlifecycle', handle: getConfiguration(lifecycleConfiguration), ...stored },
  { ...bucket, name: 'DeleteBucketLifecycle', method: 'DELETE', subresource: 'lifecycle', doc: 'deletebucketlifecycle', handle: deleteConfiguration(lifecycleConfiguration), ...stored },
  { ...bucket, name: 'PutBucketReferer', method: 'PUT', subresource: 'referer', doc: 'putbucketreferer', handle: putConfiguration(refererConfiguration), ...enforced },
  { ...bucket, name: 'GetBucketReferer', method: 'GET', subresource: 'referer', doc: 'getbucketreferer', handle: getConfiguration(refererConfiguration), ...enforced },
  { ...bucket, name: 'PutBucketLogging', method: 'PUT', subresource: 'logging', doc: 'putbucketlogging', handle: putConfiguration(loggingConfiguration), ...stored },
  { ...bucket, name: 'GetBucketLogging', method: 'GET', subresource: 'logging', doc: 'getbucketlogging', handle: getConfiguration(loggingConfiguration), ...stored },
  { ...bucket, name: 'DeleteBucketLogging', method: 'DELETE', subresource: 'logging', doc: 'deletebucketlogging', handle: deleteConfiguration(loggingConfiguration), ...stored },
  { ...bucket, name: 'PutBucketWebsite', method: 'PUT', subresource: 'website', doc: 'putbucketwebsite', handle: putConfiguration(websiteConfiguration), ...enforced },
  { ...bucket, name: 'GetBucketWebsite', method: 'GET', subresource: 'website', doc: 'getbucketwebsite', handle: getConfiguration(websiteConfiguration), ...enforced },
  { ...bucket, name: 'DeleteBucketWebsite', method: 'DELETE', subresource: 'website', doc: 'deletebucketwebsite', handle: deleteConfiguration(websiteConfiguration), ...enforced },
  { ...bucket, name: 'PutBucketEncryption', method: 'PUT', subresource: 'encryption', doc: 'putbucketencryption', handle: putConfiguration(encryptionConfiguration), ...enforced },
  { ...bucket, name: 'GetBucketEncryption', method: 'GET', subresource: 'encryption', doc: 'getbucketencryption', handle: getConfiguration(encryptionConfiguration), ...enforced },
  { ...bucket, name: 'DeleteBucketEncryption', method: 'DELETE', subresource: 'encryption', doc: 'deletebucketencryption', handle: deleteConfiguration(encryptionConfiguration), ...enforced },
  { ...bucket, name: 'PutBucketPolicy', method: 'PUT', subresource: 'policy', doc: 'putbucketpolicy', handle: putBucketPolicy },
  { ...bucket, name: 'GetBucketPolicy', method: 'GET', subresource: 'policy', doc: 'getbucketpolicy', handle: getBucketPolicy },
  { ...bucket, name: 'DeleteBucketPolicy', method: 'DELETE', subresource: 'policy', doc: 'deletebucketpolicy', handle: deleteConfiguration({ setting: POLICY_SETTING }) },
  { ...bucket, name: 'GetBucketPolicyStatus', method: 'GET', subresource: 'policyStatus', doc: 'getbucketpolicystatus', handle: getBucketPolicyStatus },
  { ...bucket, name: 'PutBucketPublicAccessBlock', method: 'PUT', subresource: 'publicAccessBlock', doc: 'putbucketpublicaccessblock', handle: putConfiguration(publicAccessBlock), ...enforced },
  { ...bucket, name: 'GetBucketPublicAccessBlock', method: 'GET', subresource: 'publicAccessBlock', doc: 'getbucketpublicaccessblock', handle: getConfiguration(publicAccessBlock), ...enforced },
  { ...bucket, name: 'DeleteBucketPublicAccessBlock', method: 'DELETE', subresource: 'publicAccessBlock', doc: 'deletebucketpublicaccessblock', handle: deleteConfiguration(publicAccessBlock), ...enforced },
  { ...bucket, name: 'PutBucketRequestPayment', method: 'PUT', subresource: 'requestPayment', doc: 'putbucketrequestpayment', handle: putConfiguration(requestPayment), ...enforced },
  { ...bucket, name: 'GetBucketRequestPayment', method: 'GET', subresource: 'requestPayment', doc: 'getbucketrequestpayment', handle: getConfiguration(requestPayment), ...enforced },
  { ...bucket, name: 'PutBucketTransferAcceleration', method: 'PUT', subresource: 'transferAcceleration', doc: 'putbuckettransferacceleration', handle: putConfiguration(transferAcceleration), ...stored },
  { ...bucket, name: 'GetBucketTransferAcceleration', method: 'GET', subresource: 'transferAcceleration', doc: 'getbuckettransferacceleration', handle: getConfiguration(transferAcceleration), ...stored },
  { ...bucket, name: 'DeleteBucketTransferAcceleration', method: 'DELETE', subresource: 'transferAcceleration', doc: 'putbuckettransferacceleration', handle: deleteConfiguration(transferAcceleration), ...stored },
  { ...bucket, name: 'PutBucketAccessMonitor', method: 'PUT', subresource: 'accessmonitor', doc: 'putbucketaccessmonitor', handle: putConfiguration(accessMonitor), ...stored },
  { ...bucket, name: 'GetBucketAccessMonitor', method: 'GET', subresource: 'accessmonitor', doc: 'getbucketaccessmonitor', handle: getConfiguration(accessMonitor), ...stored },
  { ...bucket, name: 'PutBucketInventory', method: 'PUT', subresource: 'inventory&inventoryId', doc: 'putbucketinventory', handle: putBucketInventory, ...stored },
  { ...bucket, name: 'GetBucketInventory', method: 'GET', subresource: 'inventory&inventoryId', doc: 'getbucketinventory', handle: getBucketInventory, ...stored },
  { ...bucket, name: 'DeleteBucketInventory', method: 'DELETE', subresource: 'inventory&inventoryId', doc: 'deletebucketinventory', handle: deleteBucketInventory, ...stored },
  { ...bucket, name: 'ListBucketInventory', method: 'GET', subresource: 'inventory', doc: 'listbucketinventory', handle: listBucketInventory, ...stored },
  { ...bucket, name: 'PutBucketReplication', method: 'POST', subresource: 'replication', when: compAdd, doc: 'putbucketreplication', handle: putBucketReplication, ...stored },
  { ...bucket, name: 'DeleteBucketReplication', method: 'POST', subresource: 'replication', when: compDelete, doc: 'deletebucketreplication', handle: deleteBucketReplication, ...stored },
  { ...bucket, name: 'GetBucketReplication', method: 'GET', subresource: 'replication', doc: 'getbucketreplication', handle: getBucketReplication, ...stored },
  { ...bucket, name: 'GetBucketReplicationLocation', method: 'GET', subresource: 'replicationLocation', doc: 'getbucketreplicationlocation', handle: getBucketReplicationLocation, ...stored },
  { ...bucket, name: 'GetBucketReplicationProgress', method: 'GET', subresource: 'replicationProgress', doc: 'getbucketreplicationprogress', handle: getBucketReplicationProgress, ...stored },
  { ...bucket, name: 'PutBucketRTC', method: 'PUT', subresource: 'rtc', doc: 'putbucketrtc', handle: putBucketRtc, ...stored },
  { ...bucket, name: 'InitiateBucketWorm', method: 'POST', subresource: 'worm', doc: 'initiatebucketworm', handle: initiateBucketWorm, ...stored },
  { ...bucket, name: 'GetBucketWorm', method: 'GET', subresource: 'worm', doc: 'getbucketworm', handle: getBucketWorm, ...stored },
  { ...bucket, name: 'AbortBucketWorm', method: 'DELETE', subresource: 'worm', doc: 'abortbucketworm', handle: abortBucketWorm, ...stored },
  { ...bucket, name: 'CompleteBucketWorm', method: 'POST', subresource: 'wormId', doc: 'completebucketworm', handle: completeBucketWorm, ...stored },
  { ...bucket, name: 'ExtendBucketWorm', method: 'POST', subresource: 'wormExtend&wormId', doc: 'extendbucketworm', handle: extendBucketWorm, ...stored },
  { ...bucket, name: 'PutBucketResourceGroup', method: 'PUT', subresource: 'resourceGroup', doc: 'putbucketresourcegroup', handle: putConfiguration(resourceGroup), ...stored },
  { ...bucket, name: 'GetBucketResourceGroup', method: 'GET', subresource: 'resourceGroup', doc: 'getbucketresourcegroup', handle: getConfiguration(resourceGroup), ...stored },
  { ...bucket, name: 'PutBucketArchiveDirectRead', method: 'PUT', subresource: 'bucketArchiveDirectRead', doc: 'putbucketarchivedirectread', handle: putConfiguration(archiveDirectRead), ...stored },
  { ...bucket, name: 'GetBucketArchiveDirectRead', method: 'GET', subresource: 'bucketArchiveDirectRead', doc: 'getbucketarchivedirectread', handle: getConfiguration(archiveDirectRead), ...stored },
  { ...bucket, name: 'PutBucketHttpsConfig', method: 'PUT', subresource: 'httpsConfig', doc: 'putbuckethttpsconfig', handle: putConfiguration(httpsConfig), ...stored },
  { ...bucket, name: 'GetBucketHttpsConfig', method: 'GET', subresource: 'httpsConfig', doc: 'getbuckethttpsconfig', handle: getConfiguration(httpsConfig), ...stored },
  { ...bucket, name: 'PutCname', method: 'POST', subresource: 'cname', when: compAdd, doc: 'putcname', handle: putCname },
  { ...bucket, name: 'DeleteCname', method: 'POST', subresource: 'cname', when: compDelete, doc: 'deletecname', handle: deleteCname },
  { ...bucket, name: 'CreateCnameToken', method: 'POST', subresource: 'cname', when: compToken, doc: 'createcnametoken', handle: createCnameToken },
  { ...bucket, name: 'GetCnameToken', method: 'GET', subresource: 'cname', when: compToken, doc: 'getcnametoken', handle: getCnameToken },
  { ...bucket, name: 'ListCname', method: 'GET', subresource: 'cname', doc: 'listcname', handle: listCname },
  { ...bucket, name: 'PutStyle', method: 'PUT', subresource: 'style&styleName', doc: 'putstyle', handle: putStyle, ...stored },
  { ...bucket, name: 'GetStyle', method: 'GET', subresource: 'style&styleName', doc: 'getstyle', handle: getStyle, ...stored },
  { ...bucket, name: 'DeleteStyle', method: 'DELETE', subresource: 'style&styleName', doc: 'deletestyle', handle: deleteStyle, ...stored },
  { ...bucket, name: 'ListStyle', method: 'GET', subresource: 'style', doc: 'liststyle', handle: listStyle, ...stored },
  { ...bucket, name: 'PutBucketProcess', method: 'PUT', subresource: 'processConfiguration', handle: putConfiguration(bucketProcess), ...stored },
  { ...bucket, name: 'GetBucketProcess', method: 'GET', subresource: 'processConfiguration', handle: getConfiguration(bucketProcess), ...stored },
  { ...bucket, name: 'PutBucketResponseHeader', method: 'PUT', subresource: 'responseHeader', handle: putConfiguration(responseHeaders), ...stored },
  { ...bucket, name: 'GetBucketResponseHeader', method: 'GET', subresource: 'responseHeader', handle: getConfiguration(responseHeaders), ...stored },
  { ...bucket, name: 'DeleteBucketResponseHeader', method: 'DELETE', subresource: 'responseHeader', handle: deleteConfiguration(responseHeaders), ...stored },
  { ...bucket, name: 'PutBucketQosInfo', method: 'PUT', subresource: 'qosInfo', doc: 'putbucketqosinfo', handle: putConfiguration(bucketQos), ...stored },
  { ...bucket, name: 'GetBucketQosInfo', method: 'GET', subresource: 'qosInfo', doc: 'getbucketqosinfo', handle: getConfiguration(bucketQos), ...stored },
  { ...bucket, name: 'DeleteBucketQosInfo', method: 'DELETE', subresource: 'qosInfo', doc: 'deletebucketqosinfo', handle: deleteConfiguration(bucketQos), ...stored },
  { ...bucket, name: 'PutBucketStorageCapacity', method: 'PUT', subresource: 'qos', doc: 'putbucketstoragecapacity', handle: putConfiguration(storageCapacity), ...enforced },
  { ...bucket, name: 'GetBucketStorageCapacity', method: 'GET', subresource: 'qos', doc: 'getbucketstoragecapacity', handle: getConfiguration(storageCapacity), ...enforced },
  { ...bucket, name: 'PutUserDefinedLogFieldsConfig', method: 'PUT', subresource: 'userDefinedLogFieldsConfig', doc: 'putuserdefinedlogfieldsconfig', handle: putConfiguration(userDefinedLogFields), ...stored },
  { ...bucket, name: 'GetUserDefinedLogFieldsConfig', method: 'GET', subresource: 'userDefinedLogFieldsConfig', doc: 'getuserdefinedlogfieldsconfig', handle: getConfiguration(userDefinedLogFields), ...stored },
  { ...bucket, name: 'DeleteUserDefinedLogFieldsConfig', method: 'DELETE', subresource: 'userDefinedLogFieldsConfig', doc: 'deleteuserdefinedlogfieldsconfig', handle: deleteConfiguration(userDefinedLogFields), ...stored },
  { ...bucket, name: 'PutBucketOverwriteConfig', method: 'PUT', subresource: 'overwriteConfig', doc: 'putbucketoverwriteconfig', handle: putConfiguration(overwriteConfiguration), ...enforced },
  { ...bucket, name: 'GetBucketOverwriteConfig', method: 'GET', subresource: 'overwriteConfig', doc: 'getbucketoverwriteconfig', handle: getConfiguration(overwriteConfiguration), ...enforced },
  { ...bucket, name: 'DeleteBucketOverwriteConfig', method: 'DELETE', subresource: 'overwriteConfig', doc: 'deletebucketoverwriteconfig', handle: deleteConfiguration(overwriteConfiguration), ...enforced },
  { ...bucket, name: 'PutBucketObjectWormConfiguration', method: 'PUT', subresource: 'objectWorm', doc: 'putbucketobjectwormconfiguration', handle: putConfiguration(objectWormConfiguration), ...enforced },
  { ...bucket, name: 'GetBucketObjectWormConfiguration', method: 'GET', subresource: 'objectWorm', doc: 'getbucketobjectwormconfiguration', handle: getConfiguration(objectWormConfiguration), ...enforced },
  { ...bucket, name: 'CreateBucketDataRedundancyTransition', method: 'POST', subresource: 'redundancyTransition', doc: 'createbucketdataredundancytransition', handle: createRedundancyTransition, ...enforced },
  { ...bucket, name: 'ListBucketDataRedundancyTransition', method: 'GET', subresource: 'redundancyTransition', doc: 'listbucketdataredundancytransition', handle: listRedundancyTransitions, ...enforced },
  { ...bucket, name: 'GetBucketDataRedundancyTransition', method: 'GET', subresource: 'redundancyTransition&x-oss-redundancy-transition-taskid', doc: 'getbucketdataredundancytransition', handle: getRedundancyTransition, ...enforced },
  { ...bucket, name: 'DeleteBucketDataRedundancyTransition', method: 'DELETE', subresource: 'redundancyTransition&x-oss-redundancy-transition-taskid', doc: 'deletebucketdataredundancytransition', handle: deleteRedundancyTransition, ...enforced },
];
