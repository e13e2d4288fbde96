import { describe, expect, it } from 'vitest';
import { operations } from '../operations.ts';
import { ramAction, ramActionOfVersion } from './ram-action.ts';

/** The actions of the page "authorization syntax and elements" that name something which the table knows. */
const DOCUMENTED = `
ListBuckets PutBucket ListObjects GetBucketInfo GetBucketLocation GetBucketStat PutBucketVersioning GetBucketVersioning
ListObjectVersions PutBucketAcl GetBucketAcl DeleteBucket InitiateBucketWorm AbortBucketWorm CompleteBucketWorm
ExtendBucketWorm GetBucketWorm PutBucketLogging GetBucketLogging DeleteBucketLogging PutBucketWebsite GetBucketWebsite
DeleteBucketWebsite PutBucketReferer GetBucketReferer PutBucketLifecycle GetBucketLifecycle DeleteBucketLifecycle
PutBucketTransferAcceleration GetBucketTransferAcceleration ListMultipartUploads PutBucketCors GetBucketCors
DeleteBucketCors PutBucketPolicy GetBucketPolicy DeleteBucketPolicy GetBucketPolicyStatus PutBucketTagging
GetBucketTagging DeleteBucketTagging PutBucketEncryption GetBucketEncryption DeleteBucketEncryption
PutBucketRequestPayment GetBucketRequestPayment PutBucketReplication PutBucketRTC GetBucketReplication
DeleteBucketReplication GetBucketReplicationLocation GetBucketReplicationProgress PutBucketInventory
GetBucketInventory DeleteBucketInventory PutBucketAccessMonitor GetBucketAccessMonitor OpenMetaQuery
GetMetaQueryStatus DoMetaQuery CloseMetaQuery PutBucketResourceGroup GetBucketResourceGroup CreateCnameToken
GetCnameToken PutCname ListCname DeleteCname PutStyle GetStyle ListStyle DeleteStyle PutBucketArchiveDirectRead
GetBucketArchiveDirectRead PutBucketHttpsConfig GetBucketHttpsConfig PutBucketPublicAccessBlock
GetBucketPublicAccessBlock DeleteBucketPublicAccessBlock PutPublicAccessBlock GetPublicAccessBlock DeletePublicAccessBlock
PutObject GetObject DeleteObject AbortMultipartUpload ListParts PutObjectAcl GetObjectAcl RestoreObject
PutObjectTagging GetObjectTagging DeleteObjectTagging PutLiveChannel ListLiveChannel DeleteLiveChannel
PutLiveChannelStatus GetLiveChannel GetLiveChannelStat GetLiveChannelHistory PostVodPlaylist GetVodPlaylist
PostProcessTask
`;

/** Operations that the page does not list: their own name is assumed. */
const ASSUMED = new Set([
  'DescribeRegions',
  'ListAccessPoints',
  'ListCloudBoxes',
  'HeadBucket',
  'PutBucketProcess',
  'GetBucketProcess',
  'PutBucketCallbackPolicy',
  'GetBucketCallbackPolicy',
  'DeleteBucketCallbackPolicy',
  'PutBucketQosInfo',
  'GetBucketQosInfo',
  'PutUserDefinedLogFieldsConfig',
  'GetUserDefinedLogFieldsConfig',
  'PutAsyncFetchTask',
  'GetAsyncFetchTask',
  'SealAppendObject',
  'GetUserQosInfo',
  'DeleteBucketQosInfo',
  'PutBucketStorageCapacity',
  'GetBucketStorageCapacity',
  'DeleteUserDefinedLogFieldsConfig',
  'DeleteBucketTransferAcceleration',
  'CleanRestoredObject',
  'PutBucketOverwriteConfig',
  'GetBucketOverwriteConfig',
  'DeleteBucketOverwriteConfig',
  'CreateBucketDataRedundancyTransition',
  'GetBucketDataRedundancyTransition',
  'DeleteBucketDataRedundancyTransition',
  'PutBucketResponseHeader',
  'GetBucketResponseHeader',
  'DeleteBucketResponseHeader',
  'DoDataPipeLineAction',
  'DoMetaQueryAction',
  'ListBucketDataRedundancyTransition',
  'ListUserDataRedundancyTransition',
  'PutBucketObjectWormConfiguration',
  'GetBucketObjectWormConfiguration',
  'PutObjectRetention',
  'GetObjectRetention',
  'PutObjectLegalHold',
  'GetObjectLegalHold',
]);

describe('ramAction', () => {
  const documented = new Set(
    DOCUMENTED.trim()
      .split(/\s+/)
      .map((name) => `oss:${name}`),
  );

  const built = operations.filter(({ name, handle }) => handle !== undefined && name !== 'OptionObject');
  it.each(built.map((row) => [row.name, ramAction(row)] as const))('%s needs %s', (name, action) => {
    const known = ASSUMED.has(name) ? new Set([`oss:${name}`]) : documented;
    expect(known).toContain(action);
  });

  it('needs none for a preflight', () => {
    expect(ramAction({ name: 'OptionObject' })).toBeUndefined();
  });

  it.each([
    ['PostObject', 'oss:PutObject'],
    ['UploadPart', 'oss:PutObject'],
    ['AppendObject', 'oss:PutObject'],
    ['HeadObject', 'oss:GetObject'],
    ['GetService', 'oss:ListBuckets'],
    ['ListObjectsV2', 'oss:ListObjects'],
    ['DeleteMultipleObjects', 'oss:DeleteObject'],
  ])('%s needs %s, as the page says', (name, action) => {
    expect(ramAction({ name })).toBe(action);
  });

  it('has another action for a version', () => {
    expect(ramActionOfVersion('oss:GetObject')).toBe('oss:GetObjectVersion');
    expect(ramActionOfVersion('oss:PutObject')).toBe('oss:PutObject');
  });
});
