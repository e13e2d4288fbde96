import {
  deletePublicAccessBlock,
  getPublicAccessBlock,
  putPublicAccessBlock,
} from './bucket-configuration/account-public-access-block.ts';
import { bucketProcess } from './bucket-configuration/bucket-process.ts';
import { bucketTagging, deleteBucketTags } from './bucket-configuration/bucket-tagging.ts';
import {
  getBucketPolicy,
  getBucketPolicyStatus,
  POLICY_SETTING,
  putBucketPolicy,
} from './bucket-configuration/bucket-policy.ts';
import { createCnameToken, deleteCname, getCnameToken, listCname, putCname } from './bucket-configuration/cname.ts';
import { corsConfiguration } from './bucket-configuration/cors-configuration.ts';
import { encryptionConfiguration } from './bucket-configuration/encryption-configuration.ts';
import {
  deleteBucketInventory,
  getBucketInventory,
  listBucketInventory,
  putBucketInventory,
} from './bucket-configuration/inventories.ts';
import { lifecycleConfiguration } from './bucket-configuration/lifecycle-configuration.ts';
import { loggingConfiguration } from './bucket-configuration/logging-configuration.ts';
import {
  accessMonitor,
  archiveDirectRead,
  bucketQos,
  requestPayment,
  resourceGroup,
  storageCapacity,
  transferAcceleration,
  userDefinedLogFields,
} from './bucket-configuration/plain-configurations.ts';
import { publicAccessBlock } from './bucket-configuration/public-access-block.ts';
import {
  createRedundancyTransition,
  deleteRedundancyTransition,
  getRedundancyTransition,
  listRedundancyTransitions,
  listUserRedundancyTransitions,
} from './bucket-configuration/redundancy-transition.ts';
import { refererConfiguration } from './bucket-configuration/referer-configuration.ts';
import {
  deleteBucketReplication,
  getBucketReplication,
  getBucketReplicationProgress,
  putBucketReplication,
  putBucketRtc,
} from './bucket-configuration/replication.ts';
import { httpsConfig } from './bucket-configuration/https-configuration.ts';
import { getBucketReplicationLocation } from './bucket-configuration/replication-location.ts';
import {
  deleteConfiguration,
  getConfiguration,
  putConfiguration,
} from './bucket-configuration/stored-configuration.ts';
import { deleteStyle, getStyle, listStyle, putStyle } from './bucket-configuration/styles.ts';
import { overwriteConfiguration } from './bucket-configuration/overwrite-configuration.ts';
import { websiteConfiguration } from './bucket-configuration/website-configuration.ts';
import {
  abortBucketWorm,
  completeBucketWorm,
  extendBucketWorm,
  getBucketWorm,
  initiateBucketWorm,
} from './bucket-configuration/worm.ts';
import type { Operation } from './operation.ts';
import { appendObject } from './operations/append-object.ts';
import { abortMultipartUpload } from './operations/abort-multipart-upload.ts';
import { cleanRestoredObject } from './operations/clean-restored-object.ts';
import { completeMultipartUpload } from './operations/complete-multipart-upload.ts';
import { copyObject } from './operations/copy-object.ts';
import { deleteBucketCallbackPolicy } from './operations/delete-bucket-callback-policy.ts';
import { deleteBucket } from './operations/delete-bucket.ts';
import { deleteMultipleObjects } from './operations/delete-multiple-objects.ts';
import { deleteObjectTagging } from './operations/delete-object-tagging.ts';
import { deleteObject } from './operations/delete-object.ts';
import { doDataPipelineAction } from './operations/do-data-pipeline-action.ts';
import { doMetaQueryAction } from './operations/do-meta-query-action.ts';
import { describeRegions } from './operations/describe-regions.ts';
import { getBucketAcl } from './operations/get-bucket-acl.ts';
import { getBucketCallbackPolicy } from './operations/get-bucket-callback-policy.ts';
import { getBucketInfo } from './operations/get-bucket-info.ts';
import { getBucketLocation } from './operations/get-bucket-location.ts';
import { getBucketVersioning } from './operations/get-bucket-versioning.ts';
import { getBucketStat } from './operations/get-bucket-stat.ts';
import { getObjectAcl } from './operations/get-object-acl.ts';
import { getObjectMeta } from './operations/get-object-meta.ts';
import { getObjectTagging } from './operations/get-object-tagging.ts';
import { getObject } from './operations/get-object.ts';
import { getService } from './operations/get-service.ts';
import { getSymlink } from './operations/get-symlink.ts';
import { getUserQosInfo } from './operations/get-user-qos-info.ts';
import { headBucket } from './operations/head-bucket.ts';
import { headObject } from './operations/head-object.ts';
import { initiateMultipartUpload } from './operations/initiate-multipart-upload.ts';
import { listLiveChannel } from './operations/list-live-channel.ts';
import { listMultipartUploads } from './operations/list-multipart-uploads.ts';
import { listObjectVersions } from './operations/list-object-versions.ts';
import { listObjectsV2 } from './operations/list-objects-v2.ts';
import { listObjects } from './operations/list-objects.ts';
import { listParts } from './operations/list-parts.ts';
import { postObject } from './operations/post-object.ts';
import { putBucketVersioning } from './operations/put-bucket-versioning.ts';
import { putBucketCallbackPolicy } from './operations/put-bucket-callback-policy.ts';
import { optionObject } from './operations/option-object.ts';
import { putBucketAcl } from './operations/put-bucket-acl.ts';
import { putBucket } from './operations/put-bucket.ts';
import { putObjectAcl } from './operations/put-object-acl.ts';
import { putObjectTagging } from './operations/put-object-tagging.ts';
import { putObject } from './operations/put-object.ts';
import { putSymlink } from './operations/put-symlink.ts';
import { restoreObject } from './operations/restore-object.ts';
import { sealAppendObject } from './operations/seal-append-object.ts';
import { triggerCallback } from './operations/trigger-callback.ts';
import { uploadPartCopy } from './operations/upload-part-copy.ts';
import { uploadPart } from './operations/upload-part.ts';
import { unbuiltOperations } from './unbuilt-operations.ts';

const service = { resource: 'service' } as const;
const bucket = { resource: 'bucket' } as const;
const object = { resource: 'object' } as const;
const read = { publicAccess: 'read' } as const;
const write = { publicAccess: 'write' } as const;
const nobody = { authenticatedBy: 'nobody' } as const;
const enforced = { effect: 'enforced' } as const;
const stored = { effect: 'stored' } as const;
const compAdd = { parameter: 'comp', value: 'add' } as const;
const compDelete = { parameter: 'comp', value: 'delete' } as const;
const compToken = { parameter: 'comp', value: 'token' } as const;
const listV2 = { parameter: 'list-type', value: '2' } as const;
const copySource = { header: 'x-oss-copy-source' } as const;
const callbackPolicy = { parameter: 'comp', value: 'callback' } as const;

/**
 * Every operation of OSS that SDKs call on buckets and objects. The order means nothing. Rows without `handle` are known
 * and answer `NotImplemented` by name, so that nothing is ever mistaken for the plain resource.
 */
// oxfmt-ignore
export const operations: readonly Operation[] = [
  { ...service, name: 'GetService', method: 'GET', doc: 'listbuckets', handle: getService },
  { ...service, name: 'DescribeRegions', method: 'GET', subresource: 'regions', doc: 'describeregions', handle: describeRegions },
  { ...service, name: 'GetUserQosInfo', method: 'GET', subresource: 'qosInfo', doc: 'getuserqosinfo', handle: getUserQosInfo },
  { ...service, name: 'PutPublicAccessBlock', method: 'PUT', subresource: 'publicAccessBlock', doc: 'putpublicaccessblock', handle: putPublicAccessBlock, ...enforced },
  { ...service, name: 'GetPublicAccessBlock', method: 'GET', subresource: 'publicAccessBlock', doc: 'getpublicaccessblock', handle: getPublicAccessBlock, ...enforced },
  { ...service, name: 'DeletePublicAccessBlock', method: 'DELETE', subresource: 'publicAccessBlock', doc: 'deletepublicaccessblock', handle: deletePublicAccessBlock, ...enforced },
  { ...service, name: 'ListUserDataRedundancyTransition', method: 'GET', subresource: 'redundancyTransition', doc: 'listuserdataredundancytransition', handle: listUserRedundancyTransitions, ...enforced },
  { ...service, name: 'DoDataPipeLineAction', method: 'POST', subresource: 'dataPipeline', handle: doDataPipelineAction },

  { ...bucket, name: 'PutBucket', method: 'PUT', doc: 'putbucket', handle: putBucket },
  { ...bucket, name: 'DeleteBucket', method: 'DELETE', doc: 'deletebucket', handle: deleteBucket },
  { ...bucket, name: 'ListObjects', method: 'GET', doc: 'listobjects', handle: listObjects, ...read },
  { ...bucket, name: 'ListObjectsV2', method: 'GET', when: listV2, doc: 'listobjectsv2', handle: listObjectsV2, ...read },
  { ...bucket, name: 'HeadBucket', method: 'HEAD', handle: headBucket },
  { ...bucket, name: 'GetBucketInfo', method: 'GET', subresource: 'bucketInfo', doc: 'getbucketinfo', handle: getBucketInfo },
  { ...bucket, name: 'GetBucketLocation', method: 'GET', subresource: 'location', doc: 'getbucketlocation', handle: getBucketLocation },
  { ...bucket, name: 'GetBucketAcl', method: 'GET', subresource: 'acl', doc: 'getbucketacl', handle: getBucketAcl, ...enforced },
  { ...bucket, name: 'PostObject', method: 'POST', doc: 'postobject', handle: postObject, authenticatedBy: 'form', ...write },
  { ...bucket, name: 'DeleteMultipleObjects', method: 'POST', subresource: 'delete', doc: 'deletemultipleobjects', handle: deleteMultipleObjects },
  { ...bucket, name: 'ListMultipartUploads', method: 'GET', subresource: 'uploads', doc: 'listmultipartuploads', handle: listMultipartUploads },
  { ...bucket, name: 'ListLiveChannel', method: 'GET', subresource: 'live', doc: 'listlivechannel', handle: listLiveChannel },

  { ...bucket, name: 'OptionObject', method: 'OPTIONS', doc: 'options', handle: optionObject, ...nobody },
  { ...bucket, name: 'PutBucketAcl', method: 'PUT', subresource: 'acl', doc: 'putbucketacl', handle: putBucketAcl, ...enforced },
  { ...bucket, name: 'GetBucketStat', method: 'GET', subresource: 'stat', doc: 'getbucketstat', handle: getBucketStat },
  { ...bucket, name: 'ListObjectVersions', method: 'GET', subresource: 'versions', doc: 'listobjectversions', handle: listObjectVersions, ...read },
  { ...bucket, name: 'PutBucketVersioning', method: 'PUT', subresource: 'versioning', doc: 'putbucketversioning', handle: putBucketVersioning },
  { ...bucket, name: 'GetBucketVersioning', method: 'GET', subresource: 'versioning', doc: 'getbucketversioning', handle: getBucketVersioning },
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
  { ...bucket, name: 'PutBucketCallbackPolicy', method: 'PUT', subresource: 'policy', when: callbackPolicy, doc: 'callback', handle: putBucketCallbackPolicy },
  { ...bucket, name: 'GetBucketCallbackPolicy', method: 'GET', subresource: 'policy', when: callbackPolicy, doc: 'callback', handle: getBucketCallbackPolicy },
  { ...bucket, name: 'DeleteBucketCallbackPolicy', method: 'DELETE', subresource: 'policy', when: callbackPolicy, doc: 'callback', handle: deleteBucketCallbackPolicy },
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
  { ...bucket, name: 'DoMetaQueryAction', method: 'POST', subresource: 'metaQuery', handle: doMetaQueryAction },
  { ...bucket, name: 'PutStyle', method: 'PUT', subresource: 'style&styleName', doc: 'putstyle', handle: putStyle, ...stored },
  { ...bucket, name: 'GetStyle', method: 'GET', subresource: 'style&styleName', doc: 'getstyle', handle: getStyle, ...stored },
  { ...bucket, name: 'DeleteStyle', method: 'DELETE', subresource: 'style&styleName', doc: 'deletestyle', handle: deleteStyle, ...stored },
  { ...bucket, name: 'ListStyle', method: 'GET', subresource: 'style', doc: 'liststyle', handle: listStyle, ...stored },
  { ...bucket, name: 'PutBucketProcess', method: 'PUT', subresource: 'processConfiguration', handle: putConfiguration(bucketProcess), ...stored },
  { ...bucket, name: 'GetBucketProcess', method: 'GET', subresource: 'processConfiguration', handle: getConfiguration(bucketProcess), ...stored },
  { ...bucket, name: 'PutBucketQosInfo', method: 'PUT', subresource: 'qosInfo', doc: 'putbucketqosinfo', handle: putConfiguration(bucketQos), ...stored },
  { ...bucket, name: 'GetBucketQosInfo', method: 'GET', subresource: 'qosInfo', doc: 'getbucketqosinfo', handle: getConfiguration(bucketQos), ...stored },
  { ...bucket, name: 'DeleteBucketQosInfo', method: 'DELETE', subresource: 'qosInfo', doc: 'deletebucketqosinfo', handle: deleteConfiguration(bucketQos), ...stored },
  { ...bucket, name: 'PutBucketStorageCapacity', method: 'PUT', subresource: 'qos', doc: 'putbucketstoragecapacity', handle: putConfiguration(storageCapacity), ...stored },
  { ...bucket, name: 'GetBucketStorageCapacity', method: 'GET', subresource: 'qos', doc: 'getbucketstoragecapacity', handle: getConfiguration(storageCapacity), ...stored },
  { ...bucket, name: 'PutUserDefinedLogFieldsConfig', method: 'PUT', subresource: 'userDefinedLogFieldsConfig', doc: 'putuserdefinedlogfieldsconfig', handle: putConfiguration(userDefinedLogFields), ...stored },
  { ...bucket, name: 'GetUserDefinedLogFieldsConfig', method: 'GET', subresource: 'userDefinedLogFieldsConfig', doc: 'getuserdefinedlogfieldsconfig', handle: getConfiguration(userDefinedLogFields), ...stored },
  { ...bucket, name: 'DeleteUserDefinedLogFieldsConfig', method: 'DELETE', subresource: 'userDefinedLogFieldsConfig', doc: 'deleteuserdefinedlogfieldsconfig', handle: deleteConfiguration(userDefinedLogFields), ...stored },
  { ...bucket, name: 'PutBucketOverwriteConfig', method: 'PUT', subresource: 'overwriteConfig', doc: 'putbucketoverwriteconfig', handle: putConfiguration(overwriteConfiguration), ...enforced },
  { ...bucket, name: 'GetBucketOverwriteConfig', method: 'GET', subresource: 'overwriteConfig', doc: 'getbucketoverwriteconfig', handle: getConfiguration(overwriteConfiguration), ...enforced },
  { ...bucket, name: 'DeleteBucketOverwriteConfig', method: 'DELETE', subresource: 'overwriteConfig', doc: 'deletebucketoverwriteconfig', handle: deleteConfiguration(overwriteConfiguration), ...enforced },
  { ...bucket, name: 'CreateBucketDataRedundancyTransition', method: 'POST', subresource: 'redundancyTransition', doc: 'createbucketdataredundancytransition', handle: createRedundancyTransition, ...enforced },
  { ...bucket, name: 'ListBucketDataRedundancyTransition', method: 'GET', subresource: 'redundancyTransition', doc: 'listbucketdataredundancytransition', handle: listRedundancyTransitions, ...enforced },
  { ...bucket, name: 'GetBucketDataRedundancyTransition', method: 'GET', subresource: 'redundancyTransition&x-oss-redundancy-transition-taskid', doc: 'getbucketdataredundancytransition', handle: getRedundancyTransition, ...enforced },
  { ...bucket, name: 'DeleteBucketDataRedundancyTransition', method: 'DELETE', subresource: 'redundancyTransition&x-oss-redundancy-transition-taskid', doc: 'deletebucketdataredundancytransition', handle: deleteRedundancyTransition, ...enforced },
  { ...bucket, name: 'PutBucketObjectWormConfiguration', method: 'PUT', subresource: 'objectWorm', doc: 'putbucketobjectwormconfiguration' },
  { ...bucket, name: 'GetBucketObjectWormConfiguration', method: 'GET', subresource: 'objectWorm', doc: 'getbucketobjectwormconfiguration' },

  { ...object, name: 'PutObject', method: 'PUT', doc: 'putobject', handle: putObject, ...write },
  { ...object, name: 'AppendObject', method: 'POST', subresource: 'append', doc: 'appendobject', handle: appendObject, ...write },
  { ...object, name: 'GetObject', method: 'GET', doc: 'getobject', handle: getObject, ...read },
  { ...object, name: 'HeadObject', method: 'HEAD', doc: 'headobject', handle: headObject, ...read },
  { ...object, name: 'GetObjectMeta', method: 'HEAD', subresource: 'objectMeta', doc: 'getobjectmeta', handle: getObjectMeta, ...read },
  { ...object, name: 'DeleteObject', method: 'DELETE', doc: 'deleteobject', handle: deleteObject, ...write },
  // As oss2 asks for it when its parameters were used for a symlink before (test_put_symlink_with_version).
  { ...object, name: 'DeleteObject', method: 'DELETE', subresource: 'symlink', doc: 'deleteobject', handle: deleteObject, ...write },
  { ...object, name: 'GetObjectAcl', method: 'GET', subresource: 'acl', doc: 'getobjectacl', handle: getObjectAcl },
  { ...object, name: 'CopyObject', method: 'PUT', when: copySource, doc: 'copyobject', handle: copyObject, ...write },
  { ...object, name: 'InitiateMultipartUpload', method: 'POST', subresource: 'uploads', doc: 'initiatemultipartupload', handle: initiateMultipartUpload, ...write },
  { ...object, name: 'UploadPart', method: 'PUT', subresource: 'partNumber&uploadId', doc: 'uploadpart', handle: uploadPart, ...write },
  { ...object, name: 'UploadPartCopy', method: 'PUT', subresource: 'partNumber&uploadId', when: copySource, doc: 'uploadpartcopy', handle: uploadPartCopy, ...write },
  { ...object, name: 'CompleteMultipartUpload', method: 'POST', subresource: 'uploadId', doc: 'completemultipartupload', handle: completeMultipartUpload, ...write },
  { ...object, name: 'AbortMultipartUpload', method: 'DELETE', subresource: 'uploadId', doc: 'abortmultipartupload', handle: abortMultipartUpload, ...write },
  { ...object, name: 'ListParts', method: 'GET', subresource: 'uploadId', doc: 'listparts', handle: listParts },

  { ...object, name: 'SealAppendObject', method: 'POST', subresource: 'seal', doc: 'sealappendobject', handle: sealAppendObject },
  { ...object, name: 'OptionObject', method: 'OPTIONS', doc: 'options', handle: optionObject, ...nobody },
  { ...object, name: 'PutObjectAcl', method: 'PUT', subresource: 'acl', doc: 'putobjectacl', handle: putObjectAcl },
  { ...object, name: 'PutObjectTagging', method: 'PUT', subresource: 'tagging', doc: 'putobjecttagging', handle: putObjectTagging },
  { ...object, name: 'GetObjectTagging', method: 'GET', subresource: 'tagging', doc: 'getobjecttagging', handle: getObjectTagging },
  { ...object, name: 'DeleteObjectTagging', method: 'DELETE', subresource: 'tagging', doc: 'deleteobjecttagging', handle: deleteObjectTagging },
  { ...object, name: 'PutSymlink', method: 'PUT', subresource: 'symlink', doc: 'putsymlink', handle: putSymlink, ...write },
  { ...object, name: 'GetSymlink', method: 'GET', subresource: 'symlink', doc: 'getsymlink', handle: getSymlink, ...read },
  { ...object, name: 'RestoreObject', method: 'POST', subresource: 'restore', doc: 'restoreobject', handle: restoreObject },
  { ...object, name: 'CleanRestoredObject', method: 'POST', subresource: 'cleanRestoredObject', doc: 'cleanrestoredobject', handle: cleanRestoredObject },
  { ...object, name: 'TriggerCallback', method: 'POST', subresource: 'x-oss-process', doc: 'callback', handle: triggerCallback },
  { ...object, name: 'PutObjectRetention', method: 'PUT', subresource: 'retention', doc: 'putobjectretention' },
  { ...object, name: 'GetObjectRetention', method: 'GET', subresource: 'retention', doc: 'getobjectretention' },
  { ...object, name: 'PutObjectLegalHold', method: 'PUT', subresource: 'legalHold', doc: 'putobjectlegalhold' },
  { ...object, name: 'GetObjectLegalHold', method: 'GET', subresource: 'legalHold', doc: 'getobjectlegalhold' },

  ...unbuiltOperations,
];
