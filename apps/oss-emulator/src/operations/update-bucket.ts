import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { BucketChange } from '../store/object-store.ts';

/** @throws {OssError} `NoSuchBucket` */
export async function updateBucket({ bucket, emulator }: OperationCall, change: BucketChange): Promise<void> {
  const changed = await emulator.store.updateBucket(bucket, change);
  if (changed === undefined) throw new OssError('NoSuchBucket', { BucketName: bucket });
}
