import type { OperationCall } from '../operation.ts';
import type { ObjectChange, StoredObject } from '../store/object-store.ts';
import { missingObject } from './require-object.ts';
import { readVersionId } from './version-id-parameter.ts';

/**
 * Changes the object, or the version of it, that the request names.
 * @param change may refuse by an `OssError`
 * @returns the object as it is now
 * @throws {OssError} `InvalidArgument`, `NoSuchBucket`, `NoSuchKey`, `NoSuchVersion`, `MethodNotAllowed`
 */
export async function changeObject(
  { request, bucket, key, emulator }: OperationCall,
  change: (object: StoredObject) => ObjectChange,
): Promise<StoredObject> {
  const versionId = readVersionId(request.parameters);
  const object = await emulator.store.updateObject(bucket, key, change, versionId);
  if (object === undefined) throw await missingObject(emulator.store, bucket, key, versionId);
  return object;
}
