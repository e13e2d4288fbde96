import { bucketEncryption } from '../bucket-configuration/encryption-configuration.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { RequestHeaders } from '../request-headers.ts';
import type { NewObject, ObjectStore, StagedBytes } from '../store/object-store.ts';
import { encryptionHeaders } from './server-side-encryption.ts';

/**
 * Makes staged bytes the object, as every upload does: `x-oss-forbid-overwrite` is decided together with the commit, and an
 * upload that says nothing of encryption has the bucket's.
 * @returns headers of every answer to an upload: those of its encryption, and what only the commit knows
 * @throws {OssError} `NoSuchBucket`, or `FileAlreadyExists`; the staged bytes are gone then
 */
export async function commitUpload(
  { request, bucket, emulator }: OperationCall,
  staged: StagedBytes,
  object: NewObject,
): Promise<Record<string, string | undefined>> {
  const bucketRecord = object.serverSideEncryption === undefined ? await emulator.store.getBucket(bucket) : undefined;
  const serverSideEncryption = object.serverSideEncryption ?? (bucketRecord && bucketEncryption(bucketRecord));
  const forbidOverwrite = forbidsOverwrite(request.headers) && !(await isVersioned(emulator.store, bucket));
  const committed = await emulator.store.commit(staged, { ...object, serverSideEncryption }, { forbidOverwrite });
  switch (committed.outcome) {
    case 'committed':
      return { ...encryptionHeaders(serverSideEncryption), 'x-oss-version-id': committed.versionId };
    case 'bucket-missing':
      throw new OssError('NoSuchBucket', { BucketName: bucket });
    case 'object-exists':
    // Only a commit that replaces a certain object has this outcome.
    case 'object-changed':
      throw new OssError('FileAlreadyExists');
  }
}

/** Where nothing is ever lost, the header has no effect (page PutObject). */
export async function isVersioned(store: ObjectStore, bucket: string): Promise<boolean> {
  return (await store.getBucket(bucket))?.versioning !== undefined;
}

export function forbidsOverwrite(headers: RequestHeaders): boolean {
  return headers['x-oss-forbid-overwrite']?.toLowerCase() === 'true';
}
