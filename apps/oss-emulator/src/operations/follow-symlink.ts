import { requirePermission } from '../access/admit.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { StoredObject } from '../store/object-store.ts';

/** What GET and HEAD answer of an object. */
export interface FollowedObject {
  /** The object whose bytes they are: a symlink's target. */
  readonly source: StoredObject;
  /**
   * What is said of it. For a symlink: size, ETag and digests of the target, the later of both times, everything else the
   * link's own (page GetObject).
   */
  readonly shown: StoredObject;
}

/** @throws {OssError} `SymlinkTargetNotExist`, `InvalidTargetType`, `AccessDenied` for who may not read the target */
export async function followSymlink(call: OperationCall, object: StoredObject): Promise<FollowedObject> {
  const { emulator, request } = call;
  if (object.symlinkTarget === undefined) return { source: object, shown: object };
  // Who may read or write a link must not read by it what is closed. The version of the request is the link's.
  await requirePermission({ ...call, key: object.symlinkTarget, request: { ...request, parameters: new Map() } });
  const source = await emulator.store.head(object.bucket, object.symlinkTarget);
  if (source === undefined) throw new OssError('SymlinkTargetNotExist');
  if (source.symlinkTarget !== undefined) throw new OssError('InvalidTargetType');
  const { sizeBytes, etag, crc64, contentMd5 } = source;
  const lastModified = source.lastModified > object.lastModified ? source.lastModified : object.lastModified;
  return { source, shown: { ...object, sizeBytes, etag, crc64, contentMd5, lastModified } };
}
