import type { Operation } from '../operation.ts';

/**
 * Operations whose RAM action is not their own name.
 *
 * https://www.alibabacloud.com/help/en/oss/user-guide/authorization-syntax-and-elements
 */
const ACTIONS: Readonly<Record<string, string>> = {
  GetService: 'oss:ListBuckets',
  ListObjectsV2: 'oss:ListObjects',
  PutBucketTags: 'oss:PutBucketTagging',
  GetBucketTags: 'oss:GetBucketTagging',
  DeleteBucketTags: 'oss:DeleteBucketTagging',
  ListBucketInventory: 'oss:GetBucketInventory',

  PostObject: 'oss:PutObject',
  AppendObject: 'oss:PutObject',
  CopyObject: 'oss:PutObject',
  InitiateMultipartUpload: 'oss:PutObject',
  UploadPart: 'oss:PutObject',
  UploadPartCopy: 'oss:PutObject',
  CompleteMultipartUpload: 'oss:PutObject',
  PutSymlink: 'oss:PutObject',
  HeadObject: 'oss:GetObject',
  GetObjectMeta: 'oss:GetObject',
  GetSymlink: 'oss:GetObject',
  SelectObject: 'oss:GetObject',
  DeleteMultipleObjects: 'oss:DeleteObject',
  GetLiveChannelInfo: 'oss:GetLiveChannel',
  /** Assumed: a callback that is triggered for an existing object is a process of it. */
  ProcessObject: 'oss:PostProcessTask',
  AsyncProcessObject: 'oss:PostProcessTask',
  TriggerCallback: 'oss:PostProcessTask',
  /** Image processing on reading needs the right to read. */
  ProcessImage: 'oss:GetObject',
};

/** The actions that have another name for a version that the request names by `versionId`. */
const OF_A_VERSION: Readonly<Record<string, string>> = {
  'oss:GetObject': 'oss:GetObjectVersion',
  'oss:DeleteObject': 'oss:DeleteObjectVersion',
  'oss:PutObjectAcl': 'oss:PutObjectVersionAcl',
  'oss:GetObjectAcl': 'oss:GetObjectVersionAcl',
  'oss:RestoreObject': 'oss:RestoreObjectVersion',
  'oss:PutObjectTagging': 'oss:PutObjectVersionTagging',
  'oss:GetObjectTagging': 'oss:GetObjectVersionTagging',
  'oss:DeleteObjectTagging': 'oss:DeleteObjectVersionTagging',
};

/** `oss:` and the operation's name, but for the exceptions above. A preflight has no action: browsers send it unsigned. */
export function ramAction({ name }: Pick<Operation, 'name'>): string | undefined {
  return name === 'OptionObject' ? undefined : (ACTIONS[name] ?? `oss:${name}`);
}

export function ramActionOfVersion(action: string): string {
  return OF_A_VERSION[action] ?? action;
}
