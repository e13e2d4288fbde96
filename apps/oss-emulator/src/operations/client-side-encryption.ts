import type { MultipartUpload, UploadedPart } from '../multipart/multipart-upload.ts';
import { OssError } from '../oss-error.ts';

/** User metadata by which SDKs announce, at InitiateMultipartUpload, how much they are going to encrypt. */
const DATA_SIZE = 'client-side-encryption-data-size';

/**
 * An upload that its client encrypts is complete only with all the bytes that were announced.
 *
 * https://www.alibabacloud.com/help/en/oss/user-guide/0005-00000420 names no code: it is assumed. Nor is the size of each
 * part looked at (0005-00000419): the total tells of it.
 *
 * @throws {OssError} `InvalidArgument`
 */
export function checkEncryptedSize({ head }: MultipartUpload, parts: readonly UploadedPart[]): void {
  const announced = head.userMetadata[DATA_SIZE];
  if (announced === undefined) return;
  const total = parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (announced === String(total)) return;
  const members = { ArgumentName: `x-oss-meta-${DATA_SIZE}`, ArgumentValue: announced };
  const message = `The parts have ${total} bytes, and not as many as ${members.ArgumentName} announced.`;
  throw new OssError('InvalidArgument', members, { message, ec: '0005-00000420' });
}
