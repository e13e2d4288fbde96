import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../http/oss-response.ts';

export async function deleteBucket({ bucket, emulator }: OperationCall): Promise<OssResponse> {
  // Parts have to go before, as objects have (OSS documentation, *Delete buckets*); text: UploadPartTest of the Java SDK.
  if ((await emulator.uploads.list(bucket)).length > 0) {
    const message = 'The bucket has Multipart Uploads. Please delete them first.';
    throw new OssError('BucketNotEmpty', { BucketName: bucket }, { message });
  }
  const outcome = await emulator.store.deleteBucket(bucket);
  switch (outcome) {
    case 'deleted':
      return { status: 204 };
    case 'not-empty':
      throw new OssError('BucketNotEmpty', { BucketName: bucket });
    case 'missing':
      throw new OssError('NoSuchBucket', { BucketName: bucket });
  }
}
