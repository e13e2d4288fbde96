import type { BucketRecord, StoredObject } from './object-store.ts';
import { newVersionId } from './version-id.ts';

/**
 * What a version is called that is added now. Nothing, unless versioning is enabled: it replaces the one without an id.
 *
 * @param replaced a version in whose place it comes, which it takes the id of
 */
export function newVersion({ versioning }: BucketRecord, replaced?: StoredObject): Pick<StoredObject, 'versionId'> {
  if (replaced !== undefined) {
    return replaced.versionId === undefined ? {} : { versionId: replaced.versionId };
  }
  return versioning === 'Enabled' ? { versionId: newVersionId() } : {};
}
