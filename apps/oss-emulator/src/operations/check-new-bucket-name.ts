import { isBucketName } from '../bucket-name.ts';
import { OssError } from '../oss-error.ts';

/** @throws {OssError} `InvalidBucketName` for a name that can be asked for and not be given to a bucket */
export function checkNewBucketName(name: string): void {
  if (!isBucketName(name)) throw new OssError('InvalidBucketName', { BucketName: name });
}
