import { AWKWARD_KEYS } from './awkward-keys.conformance.ts';

/** What OSS can and the server behind a store cannot. */
export interface BackendLimits {
  /** Keys out of `AWKWARD_KEYS` that it can hold no object of: the store must refuse them by a `StoreError`. */
  readonly refusedKeys?: readonly string[];
  /** It does not list `a/b` while there is an object `a`, although it has both. */
  readonly hidesKeysBelowObjects?: boolean;
  /** It adds no delete marker where there is no object to hide: never was, or is behind a delete marker already. */
  readonly marksOnlyObjects?: boolean;
}

/** MinIO keeps objects in directories: it cleans or forbids some paths, and names are as long as those of files. */
export const MINIO_LIMITS: BackendLimits = {
  refusedKeys: AWKWARD_KEYS.filter((key) => {
    const parts = key.split('/');
    const isUnclean = key.startsWith('/') || key.includes('//') || parts.includes('.') || parts.includes('..');
    return isUnclean || parts.some((part) => Buffer.byteLength(part) > 255);
  }),
  hidesKeysBelowObjects: true,
  marksOnlyObjects: true,
};
