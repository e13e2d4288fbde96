import { requireBucket } from '../require-bucket.ts';
import type { MultipartUpload } from '../multipart/multipart-upload.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';

/**
 * EC of `NoSuchUpload`, by operation: pages of these numbers, and the Go SDK's client_integration_test.go. CompleteMultipartUpload
 * has none that is known, and goes with AbortMultipartUpload and ListParts, whose page speaks of multipart requests in general.
 */
const NO_SUCH_UPLOAD_ECS: Readonly<Record<string, string>> = {
  UploadPart: '0042-00000104',
  UploadPartCopy: '0042-00000311',
};

/**
 * The upload that `uploadId` names.
 * @throws {OssError} `NoSuchBucket`, `NoSuchUpload`
 */
export async function requireUpload(call: OperationCall): Promise<MultipartUpload> {
  const { request, bucket, key, emulator } = call;
  await requireBucket(emulator.store, bucket);
  const upload = await emulator.uploads.find(bucket, key, request.parameters.get('uploadId') ?? '');
  if (upload === undefined) throw noSuchUpload(call);
  return upload;
}

export function noSuchUpload({ request, operation }: OperationCall): OssError {
  const UploadId = request.parameters.get('uploadId');
  return new OssError('NoSuchUpload', { UploadId }, { ec: NO_SUCH_UPLOAD_ECS[operation.name] });
}
