import { requireBucket } from '../require-bucket.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { ObjectStore, StoredObject } from '../store/object-store.ts';
import { readVersionId } from './version-id-parameter.ts';

/**
 * @param versionId the current version unless given
 * @throws {OssError} `NoSuchBucket`, `NoSuchKey`, `NoSuchVersion`; `MethodNotAllowed` for a version that is a delete marker
 */
export async function requireObject(
  store: ObjectStore,
  bucket: string,
  key: string,
  versionId?: string,
): Promise<StoredObject> {
  const object = await store.head(bucket, key, versionId);
  if (object === undefined) throw await missingObject(store, bucket, key, versionId);
  return object;
}

/** The object, or the version of it, that the request names. @throws {OssError} as {@link requireObject}; `InvalidArgument` */
export async function requireNamedObject({ request, bucket, key, emulator }: OperationCall): Promise<StoredObject> {
  return requireObject(emulator.store, bucket, key, readVersionId(request.parameters));
}

/** The bucket is looked for only now: reading an object that is there takes one look-up. */
export async function missingObject(
  store: ObjectStore,
  bucket: string,
  key: string,
  versionId?: string,
): Promise<OssError> {
  const { versioning } = await requireBucket(store, bucket);
  const marker = versioning === undefined ? undefined : await store.findDeleteMarker(bucket, key, versionId);
  const headers =
    marker === undefined ? {} : { 'x-oss-delete-marker': 'true', 'x-oss-version-id': marker.object.versionId };
  if (versionId === undefined) return new OssError('NoSuchKey', { Key: key }, { headers });
  if (marker === undefined) return new OssError('NoSuchVersion', { Key: key, VersionId: versionId });
  return new OssError('MethodNotAllowed', { ResourceType: 'DeleteMarker' }, { headers, ec: '0017-00000002' });
}
