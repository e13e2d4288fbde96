import type { MultipartUpload, UploadedPart } from '../multipart/multipart-upload.ts';
import { OssError } from '../oss-error.ts';
import type { NewObject } from '../store/object-store.ts';

/**
 * What OSS makes sure of in multipart uploads that their client encrypts: parts of other sizes than were announced could not
 * be decrypted. Messages: those of the code InvalidEncryptionRequest on the page "error responses"; numbers: the pages of EC
 * 0005-00000401 to 420, where one is about the case.
 */
const PREFIX = 'client-side-encryption-';
const REQUIRED = { key: '0005-00000401', start: undefined, 'cek-alg': undefined, 'wrap-alg': undefined };
/** What every part says again as it was said at the beginning, where it says it; with the EC for another value. */
const REPEATED: Readonly<Record<string, string | undefined>> = {
  key: undefined,
  start: '0005-00000413',
  'cek-alg': undefined,
  'wrap-alg': undefined,
  'magic-number-hmac': '0005-00000416',
  'data-size': undefined,
  'part-size': undefined,
};
/** Bytes of a block of the cipher. */
const BLOCK_BYTES = 16;

type Metadata = NewObject['userMetadata'];

interface AnnouncedParts {
  readonly partBytes: number;
  /** Of all parts; SDKs may leave it out. */
  readonly totalBytes: number | undefined;
}

/**
 * Of InitiateMultipartUpload.
 * @throws {OssError} `InvalidEncryptionRequest`
 */
export function checkAnnouncedEncryption(metadata: Metadata): void {
  const valueOf = (name: string) => metadata[`${PREFIX}${name}`];
  if ([...Object.keys(REQUIRED), 'part-size'].every((name) => valueOf(name) === undefined)) return;
  const missing = Object.entries(REQUIRED).find(([name]) => valueOf(name) === undefined);
  if (missing !== undefined) throw refusal('Miss some necessary client encryption meta parameters.', missing[1]);
  if (valueOf('wrap-alg') === 'rsa' && valueOf('magic-number-hmac') === undefined) {
    throw refusal('Miss some necessary client encryption meta parameters.', '0005-00000405');
  }
  if (valueOf('part-size') === undefined) {
    throw refusal('Miss some necessary client encryption meta parameters.', '0005-00000407');
  }
  const totalBytes = valueOf('data-size');
  if (totalBytes !== undefined && readSize(totalBytes) === undefined) {
    throw refusal('The client encryption meta data_size or part_size is invalid.', '0005-00000408');
  }
  if (announcedParts(metadata) === undefined) {
    throw refusal('The client encryption meta data_size or part_size is invalid.');
  }
}

/**
 * Of UploadPart: its number and size are as announced, and so are the key and the like where it repeats them.
 * @throws {OssError} `InvalidEncryptionRequest`
 */
export function checkEncryptedPart(
  { head }: MultipartUpload,
  repeated: Metadata,
  { partNumber, sizeBytes }: Pick<UploadedPart, 'partNumber' | 'sizeBytes'>,
): void {
  const announced = announcedParts(head.userMetadata);
  if (announced === undefined) return;
  for (const [name, ec] of Object.entries(REPEATED)) {
    const value = repeated[`${PREFIX}${name}`];
    if (value !== undefined && value !== head.userMetadata[`${PREFIX}${name}`]) {
      throw refusal('The client encryption meta is inconsistent with init_multipart setted.', ec);
    }
  }
  const { partBytes, totalBytes } = announced;
  const count = totalBytes === undefined ? undefined : Math.ceil(totalBytes / partBytes);
  if (count !== undefined && partNumber > count) {
    throw refusal('The partId must less or equal to expectedPartNumber.');
  }
  const isLast = partNumber === count;
  if (isLast && sizeBytes !== (totalBytes ?? 0) - (partNumber - 1) * partBytes) throw wrongLastSize();
  // Without the size of the whole, any part may be the last.
  if (!isLast && (count === undefined ? sizeBytes > partBytes : sizeBytes !== partBytes)) {
    throw refusal('The partSize must same with init_multipart setted except last part.', '0005-00000419');
  }
}

/**
 * Of CompleteMultipartUpload: these are all the parts that were announced.
 * @throws {OssError} `InvalidEncryptionRequest`
 */
export function checkEncryptedParts({ head }: MultipartUpload, parts: readonly UploadedPart[]): void {
  const { partBytes, totalBytes } = announcedParts(head.userMetadata) ?? {};
  if (partBytes === undefined || totalBytes === undefined) return;
  if (parts.length !== Math.ceil(totalBytes / partBytes)) {
    throw refusal('The client encryption part list is unexpected with init_multipart setted.', '0005-00000411');
  }
  if (parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) !== totalBytes) throw wrongLastSize();
}

function announcedParts(metadata: Metadata): AnnouncedParts | undefined {
  const partBytes = readSize(metadata[`${PREFIX}part-size`]);
  if (partBytes === undefined || partBytes === 0 || partBytes % BLOCK_BYTES !== 0) return undefined;
  return { partBytes, totalBytes: readSize(metadata[`${PREFIX}data-size`]) };
}

function readSize(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function wrongLastSize(): OssError {
  return refusal('The last partSize must same with init_multipart setted.', '0005-00000420');
}

function refusal(message: string, ec?: string): OssError {
  return new OssError('InvalidEncryptionRequest', {}, { message, ec });
}
