import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../oss-response.ts';
import { childText, parseXml } from '../parse-xml.ts';
import { readSmallBody } from '../request-body.ts';
import type { BucketVersioning } from '../store/object-store.ts';

const MAX_BODY_BYTES = 16 * 1024;

/** PutBucketVersioning. A bucket that had versioning once never loses it. */
export async function putBucketVersioning({ request, bucket, emulator }: OperationCall): Promise<OssResponse> {
  const versioning = readStatus((await readSmallBody(request.body, MAX_BODY_BYTES)).toString('utf8'));
  const record = await emulator.store.updateBucket(bucket, (before) => ({ ...before, versioning }));
  if (record === undefined) throw new OssError('NoSuchBucket', { BucketName: bucket });
  return { status: 200 };
}

/** @throws {OssError} `MalformedXML`, `InvalidArgument` */
function readStatus(xml: string): BucketVersioning {
  const document = parseXml(xml);
  if (document?.name !== 'VersioningConfiguration') throw new OssError('MalformedXML');
  const status = childText(document, 'Status') ?? '';
  if (status === '') {
    throw new OssError('InvalidArgument', {}, { message: 'The Versioning element must be specified.' });
  }
  if (status !== 'Enabled' && status !== 'Suspended') {
    throw new OssError(
      'InvalidArgument',
      { ArgumentName: 'Status', ArgumentValue: status },
      { message: 'The versioning status must be Enabled or Suspended.' },
    );
  }
  return status;
}
