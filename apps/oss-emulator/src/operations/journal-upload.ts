import type { OperationCall } from '../operation.ts';
import type { NewObject } from '../store/object-store.ts';

/** Writes down that an object is stored. */
export function journalUpload(
  { request, operation, emulator }: OperationCall,
  { bucket, key, etag }: NewObject,
  { sizeBytes, versionId }: { readonly sizeBytes: number; readonly versionId: string | undefined },
): void {
  const { requestId, receivedAt } = request;
  const at = receivedAt.toISOString();
  emulator.uploadJournal.record({ at, requestId, operation: operation.name, bucket, key, sizeBytes, etag, versionId });
}
