import { bucketEncryption } from '../bucket-configuration/encryption-configuration.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { BucketRecord, NewObject, StagedBytes } from '../store/object-store.ts';
import { journalUpload } from './journal-upload.ts';
import { mustNotOverwrite } from './must-not-overwrite.ts';
import { uploadedWorm } from './object-worm.ts';
import { requireCapacity } from './require-capacity.ts';
import { encryptionHeaders } from './server-side-encryption.ts';

/**
 * Makes staged bytes the object, as every upload does: whether it may overwrite is decided together with the commit, and an
 * upload that says nothing of encryption has the bucket's.
 * @returns headers of every answer to an upload: those of its encryption, and what only the commit knows
 * @throws {OssError} `NoSuchBucket`, `FileAlreadyExists`, `QuotaExceeded` or `InvalidRequest`; the staged bytes are gone then
 */
export async function commitUpload(
  call: OperationCall,
  staged: StagedBytes,
  object: NewObject,
): Promise<Record<string, string | undefined>> {
  const { bucket, emulator } = call;
  const record = await emulator.store.getBucket(bucket);
  const serverSideEncryption = object.serverSideEncryption ?? (record && bucketEncryption(record));
  const forbidOverwrite = record !== undefined && mustNotOverwrite(call, record);
  const worm = record && (await allowedOrDiscard(call, staged, object, record));
  const committed = await emulator.store.commit(staged, { ...object, serverSideEncryption, worm }, { forbidOverwrite });
  switch (committed.outcome) {
    case 'committed':
      journalUpload(call, object, { sizeBytes: staged.sizeBytes, versionId: committed.versionId });
      return { ...encryptionHeaders(serverSideEncryption), 'x-oss-version-id': committed.versionId };
    case 'bucket-missing':
      throw new OssError('NoSuchBucket', { BucketName: bucket });
    case 'object-exists':
    // Only a commit that replaces a certain object has this outcome.
    case 'object-changed':
      throw new OssError('FileAlreadyExists');
  }
}

/** @returns how long the bucket has to keep the object, if it has room for it at all */
async function allowedOrDiscard(
  { emulator }: OperationCall,
  staged: StagedBytes,
  object: NewObject,
  record: BucketRecord,
) {
  try {
    await requireCapacity(emulator.store, record, staged.sizeBytes);
    return uploadedWorm(object.worm, record, object.lastModified);
  } catch (error) {
    await emulator.store.discard(staged);
    throw error;
  }
}
