import type { OperationCall } from '../operation.ts';
import { bypassesGovernance } from '../operations/object-worm.ts';
import { parseCopySource } from '../operations/parse-copy-source.ts';
import { ramAction, ramActionOfVersion } from './ram-action.ts';

/** A right that a request needs. */
export interface RequiredPermission {
  /** `oss:PutObject`. */
  readonly action: string;
  /** Empty for the service. */
  readonly bucket: string;
  /** Empty for the service or a bucket. */
  readonly key: string;
  /** The version whose tags count; the current one unless given. */
  readonly versionId?: string | undefined;
}

/**
 * The rights that an operation needs, as far as its address and headers tell: copying also reads the source, and tags that
 * come with an object are set, and so is its retention. DeleteMultipleObjects names its objects in the body: it asks for them itself.
 *
 * https://www.alibabacloud.com/help/en/oss/user-guide/authorization-syntax-and-elements and the pages of the operations.
 */
export function requiredPermissions({
  operation,
  request,
  bucket,
  key,
}: Pick<OperationCall, 'operation' | 'request' | 'bucket' | 'key'>): readonly RequiredPermission[] {
  const action = ramAction(operation);
  if (action === undefined || operation.name === 'DeleteMultipleObjects') return [];
  const versionId = request.parameters.get('versionId') || undefined;
  const named = versionId === undefined ? action : ramActionOfVersion(action);
  const permissions: RequiredPermission[] = [{ action: named, bucket, key, versionId }];
  if (action === 'oss:PutObject' && request.headers['x-oss-tagging'] !== undefined) {
    permissions.push({ action: 'oss:PutObjectTagging', bucket, key });
  }
  if (action === 'oss:PutObject' && request.headers['x-oss-object-worm-mode'] !== undefined) {
    permissions.push({ action: 'oss:PutObjectRetention', bucket, key });
  }
  // Page putobjectretention; that deleting takes it too is assumed.
  if (bypassesGovernance(request.headers) && (operation.name === 'PutObjectRetention' || versionId !== undefined)) {
    permissions.push({ action: 'oss:BypassGovernanceRetention', bucket, key, versionId });
  }
  const source = request.headers['x-oss-copy-source'];
  if (source !== undefined && (operation.name === 'CopyObject' || operation.name === 'UploadPartCopy')) {
    permissions.push(sourcePermission(source));
  }
  return permissions;
}

/** What cannot be read is nobody's; the operation refuses it in its own words. */
function sourcePermission(header: string): RequiredPermission {
  const source = parseCopySource(header);
  if (typeof source === 'string') return { action: 'oss:GetObject', bucket: '', key: '' };
  const { bucket, key, versionId } = source;
  const action = versionId === undefined ? 'oss:GetObject' : ramActionOfVersion('oss:GetObject');
  return { action, bucket, key, versionId };
}
