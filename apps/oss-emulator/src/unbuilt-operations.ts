import type { Operation } from './operation.ts';

const service = { resource: 'service' } as const;
const bucket = { resource: 'bucket' } as const;
const object = { resource: 'object' } as const;
const comp = (value: string) => ({ parameter: 'comp', value }) as const;
const process = (value: string) => ({ parameter: 'x-oss-process', value }) as const;
const status = (value: string) => ({ parameter: 'status', value }) as const;
const accessPointName = { header: 'x-oss-access-point-name' } as const;

/**
 * What OSS has and the emulator has not: answered with `NotImplemented` by name, so that nothing is mistaken for an upload,
 * a listing or a new bucket. Whoever builds one moves its row to `operations.ts`.
 *
 * From the operations of the Go v1, Go v2, Java and Python SDKs and from the pages of those that no SDK has (resource pools,
 * Anti-DDoS, accelerators). Rows without a page are known from an SDK only.
 */
// oxfmt-ignore
export const unbuiltOperations: readonly Operation[] = [
  { ...service, name: 'ListAccessPointsForObjectProcess', method: 'GET', subresource: 'accessPointForObjectProcess', doc: 'listaccesspointsforobjectprocess' },
  { ...service, name: 'WriteGetObjectResponse', method: 'POST', subresource: 'x-oss-write-get-object-response', doc: 'writegetobjectresponse' },
  { ...service, name: 'InitUserAntiDDosInfo', method: 'PUT', subresource: 'antiDDos', doc: 'inituserantiddosinfo' },
  { ...service, name: 'UpdateUserAntiDDosInfo', method: 'POST', subresource: 'antiDDos', doc: 'updateuserantiddosinfo' },
  { ...service, name: 'GetUserAntiDDosInfo', method: 'GET', subresource: 'antiDDos', doc: 'getuserantiddosinfo' },
  { ...service, name: 'ListBucketAntiDDosInfo', method: 'GET', subresource: 'bucketAntiDDos', doc: 'listbucketantiddosinfo' },
  { ...service, name: 'ListResourcePools', method: 'GET', subresource: 'resourcePool', doc: 'listresourcepools' },
  { ...service, name: 'GetResourcePoolInfo', method: 'GET', subresource: 'resourcePool&resourcePoolInfo', doc: 'getresourcepoolinfo' },
  { ...service, name: 'ListResourcePoolBuckets', method: 'GET', subresource: 'resourcePool&resourcePoolBuckets', doc: 'listresourcepoolbuckets' },
  { ...service, name: 'PutResourcePoolRequesterQoSInfo', method: 'PUT', subresource: 'qosRequester&requesterQosInfo&resourcePool', doc: 'putresourcepoolrequesterqosinfo' },
  { ...service, name: 'GetResourcePoolRequesterQoSInfo', method: 'GET', subresource: 'qosRequester&requesterQosInfo&resourcePool', doc: 'getresourcepoolrequesterqosinfo' },
  { ...service, name: 'DeleteResourcePoolRequesterQoSInfo', method: 'DELETE', subresource: 'qosRequester&requesterQosInfo&resourcePool', doc: 'deleteresourcepoolrequesterqosinfo' },
  { ...service, name: 'ListResourcePoolRequesterQoSInfos', method: 'GET', subresource: 'requesterQosInfo&resourcePool', doc: 'listresourcepoolrequesterqosinfos' },
  { ...service, name: 'PutResourcePoolRequesterPriorityQosConfiguration', method: 'PUT', subresource: 'requesterPriorityQos&resourcePool', doc: 'putresourcepoolrequesterpriorityqosconfiguration' },
  { ...service, name: 'GetResourcePoolRequesterPriorityQosConfiguration', method: 'GET', subresource: 'requesterPriorityQos&resourcePool', doc: 'getresourcepoolrequesterpriorityqosconfiguration' },
  { ...service, name: 'PutResourcePoolBucketGroupQoSInfo', method: 'PUT', subresource: 'resourcePool&resourcePoolBucketGroup&resourcePoolBucketGroupQosInfo', doc: 'putresourcepoolbucketgroupqosinfo' },
  { ...service, name: 'GetResourcePoolBucketGroupQoSInfo', method: 'GET', subresource: 'resourcePool&resourcePoolBucketGroup&resourcePoolBucketGroupQosInfo', doc: 'getresourcepoolbucketgroupqosinfo' },
  { ...service, name: 'DeleteResourcePoolBucketGroupQoSInfo', method: 'DELETE', subresource: 'resourcePool&resourcePoolBucketGroup&resourcePoolBucketGroupQosInfo', doc: 'deleteresourcepoolbucketgroupqosinfo' },

  { ...bucket, name: 'CreateAccessPoint', method: 'PUT', subresource: 'accessPoint', doc: 'createaccesspoint' },
  { ...bucket, name: 'GetAccessPoint', method: 'GET', subresource: 'accessPoint', when: accessPointName, doc: 'getaccesspoint' },
  { ...bucket, name: 'DeleteAccessPoint', method: 'DELETE', subresource: 'accessPoint', doc: 'deleteaccesspoint' },
  { ...bucket, name: 'PutAccessPointPolicy', method: 'PUT', subresource: 'accessPointPolicy', doc: 'putaccesspointpolicy' },
  { ...bucket, name: 'GetAccessPointPolicy', method: 'GET', subresource: 'accessPointPolicy', doc: 'getaccesspointpolicy' },
  { ...bucket, name: 'DeleteAccessPointPolicy', method: 'DELETE', subresource: 'accessPointPolicy', doc: 'deleteaccesspointpolicy' },
  { ...bucket, name: 'PutAccessPointPublicAccessBlock', method: 'PUT', subresource: 'publicAccessBlock&x-oss-access-point-name', doc: 'putaccesspointpublicaccessblock' },
  { ...bucket, name: 'GetAccessPointPublicAccessBlock', method: 'GET', subresource: 'publicAccessBlock&x-oss-access-point-name', doc: 'getaccesspointpublicaccessblock' },
  { ...bucket, name: 'DeleteAccessPointPublicAccessBlock', method: 'DELETE', subresource: 'publicAccessBlock&x-oss-access-point-name', doc: 'deleteaccesspointpublicaccessblock' },
  { ...bucket, name: 'CreateAccessPointForObjectProcess', method: 'PUT', subresource: 'accessPointForObjectProcess', doc: 'createaccesspointforobjectprocess' },
  { ...bucket, name: 'GetAccessPointForObjectProcess', method: 'GET', subresource: 'accessPointForObjectProcess', doc: 'getaccesspointforobjectprocess' },
  { ...bucket, name: 'DeleteAccessPointForObjectProcess', method: 'DELETE', subresource: 'accessPointForObjectProcess', doc: 'deleteaccesspointforobjectprocess' },
  { ...bucket, name: 'PutAccessPointConfigForObjectProcess', method: 'PUT', subresource: 'accessPointConfigForObjectProcess', doc: 'putaccesspointconfigforobjectprocess' },
  { ...bucket, name: 'GetAccessPointConfigForObjectProcess', method: 'GET', subresource: 'accessPointConfigForObjectProcess', doc: 'getaccesspointconfigforobjectprocess' },
  { ...bucket, name: 'PutAccessPointPolicyForObjectProcess', method: 'PUT', subresource: 'accessPointPolicyForObjectProcess', doc: 'putaccesspointpolicyforobjectprocess' },
  { ...bucket, name: 'GetAccessPointPolicyForObjectProcess', method: 'GET', subresource: 'accessPointPolicyForObjectProcess', doc: 'getaccesspointpolicyforobjectprocess' },
  { ...bucket, name: 'DeleteAccessPointPolicyForObjectProcess', method: 'DELETE', subresource: 'accessPointPolicyForObjectProcess', doc: 'deleteaccesspointpolicyforobjectprocess' },
  { ...bucket, name: 'InitBucketAntiDDosInfo', method: 'PUT', subresource: 'antiDDos', doc: 'initbucketantiddosinfo' },
  { ...bucket, name: 'UpdateBucketAntiDDosInfo', method: 'POST', subresource: 'antiDDos', doc: 'updatebucketantiddosinfo' },
  { ...bucket, name: 'ListBucketAntiDDosInfo', method: 'GET', subresource: 'bucketAntiDDos', doc: 'listbucketantiddosinfo' },
  { ...bucket, name: 'PutBucketRequesterQoSInfo', method: 'PUT', subresource: 'qosRequester&requesterQosInfo', doc: 'putbucketrequesterqosinfo' },
  { ...bucket, name: 'GetBucketRequesterQoSInfo', method: 'GET', subresource: 'qosRequester&requesterQosInfo', doc: 'getbucketrequesterqosinfo' },
  { ...bucket, name: 'DeleteBucketRequesterQoSInfo', method: 'DELETE', subresource: 'qosRequester&requesterQosInfo', doc: 'deletebucketrequesterqosinfo' },
  { ...bucket, name: 'ListBucketRequesterQoSInfos', method: 'GET', subresource: 'requesterQosInfo', doc: 'listbucketrequesterqosinfos' },
  { ...bucket, name: 'PutBucketResourcePoolBucketGroup', method: 'PUT', subresource: 'resourcePool&resourcePoolBucketGroup', doc: 'putbucketresourcepoolbucketgroup' },
  { ...bucket, name: 'PutBucketDataAccelerator', method: 'PUT', subresource: 'dataAccelerator', doc: 'putbucketdataaccelerator' },
  { ...bucket, name: 'GetBucketDataAccelerator', method: 'GET', subresource: 'dataAccelerator', doc: 'getbucketdataaccelerator' },
  { ...bucket, name: 'DeleteBucketDataAccelerator', method: 'DELETE', subresource: 'dataAccelerator', doc: 'deletebucketdataaccelerator' },
  { ...bucket, name: 'PutBucketImage', method: 'PUT', subresource: 'img' },
  { ...bucket, name: 'GetBucketImage', method: 'GET', subresource: 'img' },
  { ...bucket, name: 'DeleteBucketImage', method: 'DELETE', subresource: 'img' },

  { ...object, name: 'ProcessImage', method: 'GET', subresource: 'x-oss-process', doc: 'image-processing' },
  { ...object, name: 'SelectObject', method: 'POST', subresource: 'x-oss-process', when: process('csv/select'), doc: 'selectobject' },
  { ...object, name: 'SelectObject', method: 'POST', subresource: 'x-oss-process', when: process('json/select'), doc: 'selectobject' },
  { ...object, name: 'CreateSelectObjectMeta', method: 'POST', subresource: 'x-oss-process', when: process('csv/meta'), doc: 'createselectobjectmeta' },
  { ...object, name: 'CreateSelectObjectMeta', method: 'POST', subresource: 'x-oss-process', when: process('json/meta'), doc: 'createselectobjectmeta' },
  { ...object, name: 'AsyncProcessObject', method: 'POST', subresource: 'x-oss-async-process', doc: 'asynchronous-processing' },
  { ...object, name: 'RenameObject', method: 'POST', subresource: 'x-oss-rename' },
  { ...object, name: 'CreateDirectory', method: 'POST', subresource: 'x-oss-dir' },
  { ...object, name: 'DeleteDirectory', method: 'POST', subresource: 'x-oss-delete' },
  { ...object, name: 'PutLiveChannel', method: 'PUT', subresource: 'live', doc: 'putlivechannel' },
  { ...object, name: 'PutLiveChannelStatus', method: 'PUT', subresource: 'live', when: status('enabled'), doc: 'putlivechannelstatus' },
  { ...object, name: 'PutLiveChannelStatus', method: 'PUT', subresource: 'live', when: status('disabled'), doc: 'putlivechannelstatus' },
  { ...object, name: 'GetLiveChannelInfo', method: 'GET', subresource: 'live', doc: 'getlivechannelinfo' },
  { ...object, name: 'GetLiveChannelStat', method: 'GET', subresource: 'live', when: comp('stat'), doc: 'getlivechannelstat' },
  { ...object, name: 'GetLiveChannelHistory', method: 'GET', subresource: 'live', when: comp('history'), doc: 'getlivechannelhistory' },
  { ...object, name: 'DeleteLiveChannel', method: 'DELETE', subresource: 'live', doc: 'deletelivechannel' },
  { ...object, name: 'PostVodPlaylist', method: 'POST', subresource: 'vod', doc: 'postvodplaylist' },
  { ...object, name: 'GetVodPlaylist', method: 'GET', subresource: 'vod', doc: 'getvodplaylist' },
];
