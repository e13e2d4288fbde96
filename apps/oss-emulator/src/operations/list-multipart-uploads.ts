import { requireBucket } from '../require-bucket.ts';
import { pageUploads } from '../multipart/page-uploads.ts';
import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { XmlElement } from '../xml.ts';
import { readLimit, readNameEncoding } from './list-parameters.ts';

const MAX_UPLOADS_LIMIT = 1000;

/**
 * Where the page ends is said on the last page too, and where it began is not repeated: UploadPartTest of the Java SDK
 * expects both of OSS.
 */
export async function listMultipartUploads({ request, bucket, emulator }: OperationCall): Promise<OssResponse> {
  const { parameters } = request;
  const encoding = readNameEncoding(parameters);
  const maxUploads = readLimit(parameters, 'max-uploads', { default: MAX_UPLOADS_LIMIT, max: MAX_UPLOADS_LIMIT });
  const prefix = parameters.get('prefix') ?? '';
  const delimiter = parameters.get('delimiter') ?? '';
  const keyMarker = parameters.get('key-marker') ?? '';
  const uploadIdMarker = parameters.get('upload-id-marker') ?? '';
  await requireBucket(emulator.store, bucket);
  const all = await emulator.uploads.list(bucket);
  const page = pageUploads(all, { prefix, delimiter, keyMarker, uploadIdMarker, maxUploads });
  return xmlResponse('ListMultipartUploadsResult', [
    ['EncodingType', encoding.type],
    ['Bucket', bucket],
    ['KeyMarker', ''],
    ['UploadIdMarker', ''],
    ['NextKeyMarker', encoding.encode(page.nextKeyMarker)],
    ['NextUploadIdMarker', page.nextUploadIdMarker],
    ['Delimiter', encoding.encode(delimiter)],
    ['Prefix', encoding.encode(prefix)],
    ['MaxUploads', maxUploads],
    ['IsTruncated', page.isTruncated],
    ...page.uploads.map((upload): XmlElement => [
      'Upload',
      [
        ['Key', encoding.encode(upload.key)],
        ['UploadId', upload.uploadId],
        ['StorageClass', upload.storageClass],
        ['Initiated', upload.initiatedAt],
      ],
    ]),
    ...page.commonPrefixes.map((name): XmlElement => ['CommonPrefixes', [['Prefix', encoding.encode(name)]]]),
  ]);
}
