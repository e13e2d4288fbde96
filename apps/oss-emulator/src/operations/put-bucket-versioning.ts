import { hasObjectWorm } from '../bucket-configuration/has-object-worm.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { childText, parseXml } from '../parse-xml.ts';
import { readSmallBody } from '../http/request-body.ts';
import type { BucketVersioning } from '../store/object-store.ts';

const MAX_BODY_BYTES = 16 * 1024;

/** PutBucketVersioning. A bucket that had versioning once never loses it. */
export async function putBucketVersioning({ request, bucket, emulator }: OperationCall): Promise<OssResponse> {
  const versioning = readStatus((await readSmallBody(request.body, MAX_BODY_BYTES)).toString('utf8'));
  const record = await emulator.store.updateBucket(bucket, (before) => {
    if (versioning === 'Suspended' && hasObjectWorm(before)) {
      throw new OssError('InvalidRequest', {}, { message: 'Object-level retention needs versioning.' });
    }
    return { ...before, versioning };
  });
  if (record === undefined) throw new OssError('NoSuchBucket', { BucketName: bucket });
  return { status: 200 };
}

/** @throws {OssError} `MalformedXML` for whatever is not one of the two (oss2, test_bucket_versioning_wrong) */
function readStatus(xml: string): BucketVersioning {
  const document = parseXml(xml);
  const status = document?.name === 'VersioningConfiguration' ? childText(document, 'Status') : undefined;
  if (status !== 'Enabled' && status !== 'Suspended') throw new OssError('MalformedXML');
  return status;
}
