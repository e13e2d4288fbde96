import type { OperationCall } from '../operation.ts';
import type { ObjectChange, StoredObject } from '../store/object-store.ts';
import { missingObject } from './require-object.ts';

/**
 * Changes the object that the request names.
 * @param change may refuse by an `OssError`
 * @returns the object as it is now
 * @throws {OssError} `NoSuchBucket`, `NoSuchKey`
 */
export async function changeObject(
  { bucket, key, emulator }: OperationCall,
  change: (object: StoredObject) => ObjectChange,
): Promise<StoredObject> {
  const object = await emulator.store.updateObject(bucket, key, change);
  if (object === undefined) throw await missingObject(emulator.store, bucket, key);
  return object;
}
