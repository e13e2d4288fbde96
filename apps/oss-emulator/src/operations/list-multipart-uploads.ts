import { requireBucket } from '../authorize.ts';
import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../oss-response.ts';
import type { OssResponse } from '../oss-response.ts';
import { readNameEncoding } from './list-parameters.ts';

/** Empty as long as no multipart upload can be started; the clean-up of every SDK's tests asks for it. */
export async function listMultipartUploads({ request, bucket, emulator }: OperationCall): Promise<OssResponse> {
  const { parameters } = request;
  const encoding = readNameEncoding(parameters);
  await requireBucket(emulator.store, bucket);
  return xmlResponse('ListMultipartUploadsResult', [
    ['EncodingType', encoding.type],
    ['Bucket', bucket],
    ['KeyMarker', encoding.encode(parameters.get('key-marker') ?? '')],
    ['UploadIdMarker', parameters.get('upload-id-marker') ?? ''],
    ['NextKeyMarker', ''],
    ['NextUploadIdMarker', ''],
    ['Delimiter', encoding.encode(parameters.get('delimiter') ?? '')],
    ['Prefix', encoding.encode(parameters.get('prefix') ?? '')],
    ['MaxUploads', parameters.get('max-uploads') ?? 1000],
    ['IsTruncated', false],
  ]);
}
