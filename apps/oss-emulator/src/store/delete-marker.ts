import { newVersion } from './new-version.ts';
import type { BucketRecord, DeleteOutcome, StoredObject } from './object-store.ts';
import { NULL_VERSION_ID } from './version-id.ts';

interface MarkedDeletion {
  readonly bucket: BucketRecord;
  readonly key: string;
  readonly deletedAt: Date;
}

/** An object in name only, which hides the versions behind it. */
export function deleteMarker({ bucket, key, deletedAt }: MarkedDeletion): StoredObject {
  return { ...emptyObject(bucket.name, key, deletedAt), ...newVersion(bucket) };
}

/** What a delete marker is, beside its name and time: nothing. */
export function emptyObject(bucket: string, key: string, lastModified: Date): StoredObject {
  return {
    bucket,
    key,
    sizeBytes: 0,
    etag: '',
    crc64: undefined,
    contentMd5: undefined,
    contentType: '',
    httpHeaders: {},
    userMetadata: {},
    objectType: 'Normal',
    storageClass: '',
    lastModified,
  };
}

/** @param object the version that was removed, or the delete marker that was added */
export function deleted({ versionId }: StoredObject, isDeleteMarker = false): DeleteOutcome {
  if (isDeleteMarker) {
    return { outcome: 'deleted', versionId: versionId ?? NULL_VERSION_ID, isDeleteMarker };
  }
  return versionId === undefined ? { outcome: 'deleted' } : { outcome: 'deleted', versionId };
}
