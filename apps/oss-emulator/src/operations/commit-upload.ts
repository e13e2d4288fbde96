import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { NewObject, StagedBytes } from '../store/object-store.ts';

/**
 * Makes staged bytes the object, as every upload does: `x-oss-forbid-overwrite` is decided together with the commit.
 * @throws {OssError} `NoSuchBucket`, or `FileAlreadyExists`; the staged bytes are gone then
 */
export async function commitUpload(
  { request, bucket, emulator }: OperationCall,
  staged: StagedBytes,
  object: NewObject,
): Promise<void> {
  const forbidOverwrite = request.headers['x-oss-forbid-overwrite']?.toLowerCase() === 'true';
  const outcome = await emulator.store.commit(staged, object, { forbidOverwrite });
  if (outcome === 'bucket-missing') throw new OssError('NoSuchBucket', { BucketName: bucket });
  if (outcome === 'object-exists') throw new OssError('FileAlreadyExists');
}
