import { OssError } from '../oss-error.ts';

/**
 * What OSS answers for some younger configurations of a bucket that is not there: it takes the request for PutBucket, whose
 * document this is not (TestBucketOverwriteConfig and TestBucketObjectWormConfiguration of the Go SDK v2).
 */
export function takenForPutBucket(): OssError {
  return new OssError('MalformedXML', {}, { ec: '0015-00000231' });
}
