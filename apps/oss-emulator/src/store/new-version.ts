import type { BucketRecord, StoredObject } from './object-store.ts';
import { newVersionId } from './version-id.ts';

/** What a version is called that is added now. Nothing, unless versioning is enabled: it replaces the one without an id. */
export function newVersion({ versioning }: BucketRecord): Pick<StoredObject, 'versionId'> {
  return versioning === 'Enabled' ? { versionId: newVersionId() } : {};
}
