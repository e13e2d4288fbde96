import { OssError } from '../oss-error.ts';
import type { StoredObject } from '../store/object-store.ts';

/** Classes whose objects are read only after they were restored. */
const ARCHIVE_CLASSES: readonly string[] = ['Archive', 'ColdArchive', 'DeepColdArchive'];

export type RestoreState = 'not-archived' | 'archived' | 'restoring' | 'restored';

export function isArchiveClass(storageClass: string): boolean {
  return ARCHIVE_CLASSES.includes(storageClass);
}

export function restoreState({ storageClass, restore }: StoredObject, now: Date): RestoreState {
  if (!isArchiveClass(storageClass)) return 'not-archived';
  if (restore === undefined || restore.expiresAt <= now) return 'archived';
  return restore.readyAt > now ? 'restoring' : 'restored';
}

/**
 * Whatever reads an object's bytes asks this first: GetObject, and copies of their source.
 * @throws {OssError} `InvalidObjectState`
 */
export function requireReadable(object: StoredObject, now: Date): void {
  const state = restoreState(object, now);
  if (state === 'archived' || state === 'restoring') throw new OssError('InvalidObjectState');
}

/** The header `x-oss-restore`, and `RestoreInfo` of listings; `undefined` for an object that nobody restored. */
export function restoreText(object: StoredObject, now: Date): string | undefined {
  const state = restoreState(object, now);
  if (state === 'restoring') return 'ongoing-request="true"';
  if (state !== 'restored') return undefined;
  return `ongoing-request="false", expiry-date="${object.restore?.expiresAt.toUTCString() ?? ''}"`;
}
