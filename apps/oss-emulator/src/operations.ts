import { getAsyncFetchTask, putAsyncFetchTask } from './async-fetch/async-fetch.ts';
import { configurationOperations } from './bucket-configuration/configuration-operations.ts';
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
import { doMetaQuery } from './meta-query/do-meta-query.ts';
import { closeMetaQuery, getMetaQueryStatus, openMetaQuery } from './meta-query/meta-query-index.ts';
import { doMetaQueryAction } from './operations/do-meta-query-action.ts';
import { listAccessPoints } from './operations/list-access-points.ts';
import { listCloudBoxes } from './operations/list-cloud-boxes.ts';
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
import { getObjectLegalHold, putObjectLegalHold } from './operations/object-legal-hold.ts';
import { getObjectRetention, putObjectRetention } from './operations/object-retention.ts';
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
const listV2 = { parameter: 'list-type', value: '2' } as const;
const copySource = { header: 'x-oss-copy-source' } as const;
const callbackPolicy = { parameter: 'comp', value: 'callback' } as const;
const compAdd = { parameter: 'comp', value: 'add' } as const;
const compDelete = { parameter: 'comp', value: 'delete' } as const;
const compQuery = { parameter: 'comp', value: 'query' } as const;

/**
 * Every operation of OSS that SDKs call. The order means nothing. Configurations of buckets are a chapter of their own, and
 * so is what is not built: it answers `NotImplemented` by name, so that nothing is ever mistaken for the plain resource.
 */
// oxfmt-ignore
export const operations: readonly Operation[] = [
  { ...service, name: 'GetService', method: 'GET', doc: 'listbuckets', handle: getService },
  { ...service, name: 'DescribeRegions', method: 'GET', subresource: 'regions', doc: 'describeregions', handle: describeRegions },
  { ...service, name: 'ListAccessPoints', method: 'GET', subresource: 'accessPoint', doc: 'listaccesspoints', handle: listAccessPoints },
  { ...service, name: 'ListCloudBoxes', method: 'GET', subresource: 'cloudboxes', doc: 'listcloudboxes', handle: listCloudBoxes },
  { ...service, name: 'GetUserQosInfo', method: 'GET', subresource: 'qosInfo', doc: 'getuserqosinfo', handle: getUserQosInfo },
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
  { ...bucket, name: 'ListAccessPoints', method: 'GET', subresource: 'accessPoint', doc: 'listaccesspoints', handle: listAccessPoints },
  { ...bucket, name: 'ListLiveChannel', method: 'GET', subresource: 'live', doc: 'listlivechannel', handle: listLiveChannel },
  { ...bucket, name: 'OptionObject', method: 'OPTIONS', doc: 'options', handle: optionObject, ...nobody },
  { ...bucket, name: 'PutBucketAcl', method: 'PUT', subresource: 'acl', doc: 'putbucketacl', handle: putBucketAcl, ...enforced },
  { ...bucket, name: 'GetBucketStat', method: 'GET', subresource: 'stat', doc: 'getbucketstat', handle: getBucketStat },
  { ...bucket, name: 'ListObjectVersions', method: 'GET', subresource: 'versions', doc: 'listobjectversions', handle: listObjectVersions, ...read },
  { ...bucket, name: 'PutBucketVersioning', method: 'PUT', subresource: 'versioning', doc: 'putbucketversioning', handle: putBucketVersioning },
  { ...bucket, name: 'GetBucketVersioning', method: 'GET', subresource: 'versioning', doc: 'getbucketversioning', handle: getBucketVersioning },
  { ...bucket, name: 'PutBucketCallbackPolicy', method: 'PUT', subresource: 'policy', when: callbackPolicy, doc: 'callback', handle: putBucketCallbackPolicy },
  { ...bucket, name: 'GetBucketCallbackPolicy', method: 'GET', subresource: 'policy', when: callbackPolicy, doc: 'callback', handle: getBucketCallbackPolicy },
  { ...bucket, name: 'DeleteBucketCallbackPolicy', method: 'DELETE', subresource: 'policy', when: callbackPolicy, doc: 'callback', handle: deleteBucketCallbackPolicy },
  { ...bucket, name: 'OpenMetaQuery', method: 'POST', subresource: 'metaQuery', when: compAdd, doc: 'openmetaquery', handle: openMetaQuery },
  { ...bucket, name: 'DoMetaQuery', method: 'POST', subresource: 'metaQuery', when: compQuery, doc: 'dometaquery', handle: doMetaQuery },
  { ...bucket, name: 'CloseMetaQuery', method: 'POST', subresource: 'metaQuery', when: compDelete, doc: 'closemetaquery', handle: closeMetaQuery },
  { ...bucket, name: 'GetMetaQueryStatus', method: 'GET', subresource: 'metaQuery', doc: 'getmetaquerystatus', handle: getMetaQueryStatus },
  { ...bucket, name: 'DoMetaQueryAction', method: 'POST', subresource: 'metaQuery', handle: doMetaQueryAction },

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
  { ...object, name: 'PutObjectRetention', method: 'PUT', subresource: 'retention', doc: 'putobjectretention', handle: putObjectRetention },
  { ...object, name: 'GetObjectRetention', method: 'GET', subresource: 'retention', doc: 'getobjectretention', handle: getObjectRetention },
  { ...object, name: 'PutObjectLegalHold', method: 'PUT', subresource: 'legalHold', doc: 'putobjectlegalhold', handle: putObjectLegalHold },
  { ...object, name: 'GetObjectLegalHold', method: 'GET', subresource: 'legalHold', doc: 'getobjectlegalhold', handle: getObjectLegalHold },
  { ...object, name: 'TriggerCallback', method: 'POST', subresource: 'x-oss-process', doc: 'callback', handle: triggerCallback },
  { ...bucket, name: 'PutAsyncFetchTask', method: 'POST', subresource: 'asyncFetch', handle: putAsyncFetchTask },
  { ...bucket, name: 'GetAsyncFetchTask', method: 'GET', subresource: 'asyncFetch', handle: getAsyncFetchTask },

  ...configurationOperations,
  ...unbuiltOperations,
];
