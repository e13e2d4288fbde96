import type { CommitOptions, CommitOutcome, StoredObject } from './object-store.ts';

/**
 * What the options of a commit have against it. Whoever asks commits before anything else can.
 * @param current the object that is there; `undefined` for none
 */
export function refuseCommit(
  current: StoredObject | undefined,
  { forbidOverwrite = false, replaces }: CommitOptions,
): CommitOutcome | undefined {
  if (forbidOverwrite && current !== undefined) {
    return { outcome: 'object-exists' };
  }
  return replaces === undefined || replaces.etag === current?.etag ? undefined : { outcome: 'object-changed' };
}
