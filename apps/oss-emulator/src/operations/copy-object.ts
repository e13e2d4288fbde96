import { requireBucket } from '../authorize.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../oss-response.ts';
import type { OssResponse } from '../oss-response.ts';
import type { RequestHeaders } from '../request-headers.ts';
import type { NewObject, StoredObject } from '../store/object-store.ts';
import { commitUpload } from './commit-upload.ts';
import { openCopySource, readCopySource } from './copy-source.ts';
import { digestHeaders, readUploadedHead, wholeSeconds } from './object-head.ts';
import type { UploadedHead } from './object-head.ts';
import { encryptionHeaders } from './server-side-encryption.ts';

/** CopyObject. A callback that is asked for is not sent: OSS has callbacks for Put, Post and Complete only. */
export async function copyObject(call: OperationCall): Promise<OssResponse> {
  const { request, bucket, key, emulator } = call;
  const { storageClass } = await requireBucket(emulator.store, bucket);
  const replaced = readReplaced(call);
  const uploaded = readUploadedHead(withoutConditions(request.headers), storageClass);
  const source = await openCopySource(call, () => undefined);
  if (source === 'not-modified') return { status: 304 };
  const staged = await emulator.store.stage(source.bytes);
  const object: NewObject = {
    bucket,
    key,
    ...copiedHead(source.object, uploaded, replaced),
    ...copiedFacts(source.object),
    lastModified: wholeSeconds(emulator.now()),
  };
  const committed = await commitUpload(call, staged, object);
  const answer = xmlResponse('CopyObjectResult', [
    ['ETag', `"${object.etag}"`],
    ['LastModified', object.lastModified],
  ]);
  const { ETag, 'x-oss-hash-crc64ecma': crc64 } = digestHeaders(object);
  const headers = { ETag, 'x-oss-hash-crc64ecma': crc64, ...encryptionHeaders(object.serverSideEncryption) };
  return { ...answer, headers: { ...answer.headers, ...headers, ...committed } };
}

/** What the copy takes from the request, and not from its source. */
interface Replaced {
  readonly metadata: boolean;
  readonly tags: boolean;
}

/**
 * An object that is copied onto itself gets the request's metadata, whatever the directive says (documented).
 * @throws {OssError} `InvalidArgument`
 */
function readReplaced(call: OperationCall): Replaced {
  const { headers } = call.request;
  const source = readCopySource(call);
  const isItself = source.bucket === call.bucket && source.key === call.key;
  const metadata = readDirective(headers, 'x-oss-metadata-directive') === 'REPLACE' || isItself;
  return { metadata, tags: readDirective(headers, 'x-oss-tagging-directive') === 'REPLACE' };
}

/** In either case: the pages write `COPY` for metadata and `Copy` for tags. */
function readDirective(headers: RequestHeaders, name: string): 'COPY' | 'REPLACE' {
  const text = headers[name] ?? 'COPY';
  const directive = text.toUpperCase();
  if (directive === 'COPY' || directive === 'REPLACE') return directive;
  throw new OssError(
    'InvalidArgument',
    { ArgumentName: name, ArgumentValue: text },
    { message: `The value of ${name} must be COPY or REPLACE.` },
  );
}

/** Conditions of a copy are those of its source; ali-oss sends each of them by both names. */
function withoutConditions(headers: RequestHeaders): RequestHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('if-')));
}

/** ACL, encryption and storage class are never copied: they are the request's, or those of a new object. */
function copiedHead(source: StoredObject, uploaded: UploadedHead, replaced: Replaced): UploadedHead {
  const { contentType, httpHeaders, userMetadata } = source;
  return {
    ...uploaded,
    ...(replaced.metadata ? {} : { contentType, httpHeaders, userMetadata }),
    tags: replaced.tags ? uploaded.tags : source.tags,
  };
}

/**
 * The same bytes have the same digests, and the copy of a symlink is one (documented). What is copied can no longer be
 * appended to (assumed).
 */
function copiedFacts({ etag, crc64, contentMd5, objectType, symlinkTarget }: StoredObject) {
  const type = objectType === 'Appendable' ? ('Normal' as const) : objectType;
  return { etag, crc64, contentMd5, objectType: type, symlinkTarget };
}
