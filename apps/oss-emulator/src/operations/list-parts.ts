import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { XmlElement } from '../xml.ts';
import { readLimit, readNameEncoding } from './list-parameters.ts';
import { requireUpload } from './require-upload.ts';

const MAX_PARTS_LIMIT = 1000;

/** Parts in ascending order of their numbers. */
export async function listParts(call: OperationCall): Promise<OssResponse> {
  const { request, bucket, key, emulator } = call;
  const { parameters } = request;
  const encoding = readNameEncoding(parameters);
  const maxParts = readLimit(parameters, 'max-parts', { default: MAX_PARTS_LIMIT, max: MAX_PARTS_LIMIT });
  const marker = readMarker(parameters.get('part-number-marker'));
  const { uploadId, head } = await requireUpload(call);
  const behind = (await emulator.uploads.parts(uploadId)).filter(({ partNumber }) => partNumber > marker);
  const page = behind.slice(0, maxParts);
  return xmlResponse('ListPartsResult', [
    ['EncodingType', encoding.type],
    ['Bucket', bucket],
    ['Key', encoding.encode(key)],
    ['UploadId', uploadId],
    ['StorageClass', head.storageClass],
    ['PartNumberMarker', marker],
    // Empty without parts: the Java SDK expects no number then, and oss2 insists on the element.
    ['NextPartNumberMarker', page.at(-1)?.partNumber ?? ''],
    ['MaxParts', maxParts],
    ['IsTruncated', page.length < behind.length],
    ...clientEncryptionElements(head.userMetadata),
    ...page.map((part): XmlElement => [
      'Part',
      [
        ['PartNumber', part.partNumber],
        ['LastModified', part.lastModified],
        ['ETag', `"${part.etag}"`],
        ['HashCrc64ecma', part.crc64],
        ['Size', part.sizeBytes],
      ],
    ]),
  ]);
}

/** What a client that encrypts needs to go on with an upload (Go SDK v2, `ListPartsResult`); absent for all others. */
function clientEncryptionElements(userMetadata: Readonly<Record<string, string>>): XmlElement[] {
  const valueOf = (name: string) => userMetadata[`client-side-encryption-${name}`];
  return [
    ['ClientEncryptionKey', valueOf('key')],
    ['ClientEncryptionStart', valueOf('start')],
    ['ClientEncryptionCekAlg', valueOf('cek-alg')],
    ['ClientEncryptionWrapAlg', valueOf('wrap-alg')],
    ['ClientEncryptionDataSize', valueOf('data-size')],
    ['ClientEncryptionPartSize', valueOf('part-size')],
  ];
}

/** @throws {OssError} `InvalidArgument` */
function readMarker(text: string | undefined): number {
  if (text === undefined || text === '') return 0;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new OssError(
    'InvalidArgument',
    { ArgumentName: 'part-number-marker', ArgumentValue: text },
    { message: 'Argument part-number-marker must be an integer.' },
  );
}
