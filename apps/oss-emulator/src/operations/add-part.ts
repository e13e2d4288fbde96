import type { MultipartUpload } from '../multipart/multipart-upload.ts';
import type { NewPart } from '../multipart/multipart-uploads.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { noSuchUpload } from './require-upload.ts';

/** Of "part exists and must not be overwritten": https://help.aliyun.com/zh/oss/support/0042-00000108 and …/0042-00000313 */
const ALREADY_THERE_ECS: Readonly<Record<string, string>> = {
  UploadPart: '0042-00000108',
  UploadPartCopy: '0042-00000313',
};

/**
 * The end of UploadPart and UploadPartCopy.
 * @throws {OssError} `NoSuchUpload` when the upload has ended meanwhile; in sequential uploads `PartAlreadyExist`,
 * `PartNotSequential`. The staged bytes are gone then.
 */
export async function addPart(call: OperationCall, upload: MultipartUpload, part: NewPart): Promise<void> {
  const result = await call.emulator.uploads.addPart(upload, part);
  switch (result.outcome) {
    case 'taken':
      return;
    case 'upload-missing':
      throw noSuchUpload(call);
    case 'already-there': {
      // Names that the Android SDK reads to go on with the part that is there.
      const { etag, partNumber } = result.part;
      const members = { PartEtag: `"${etag}"`, PartNumber: String(partNumber) };
      throw new OssError('PartAlreadyExist', members, { ec: ALREADY_THERE_ECS[call.operation.name] });
    }
    case 'not-next':
      throw new OssError('PartNotSequential', { PartNumber: String(part.partNumber) });
  }
}
