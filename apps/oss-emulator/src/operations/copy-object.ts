import { requireBucket } from '../require-bucket.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import type { BucketRecord, NewObject, StoredObject } from '../store/object-store.ts';
import { changeObject } from './change-object.ts';
import { commitUpload } from './commit-upload.ts';
import { findCopySource, openCopySource, readCopySource, sourceVersionHeaders } from './copy-source.ts';
import { mustNotOverwrite } from './must-not-overwrite.ts';
import { digestHeaders, readUploadedHead, wholeSeconds } from './object-head.ts';
import type { UploadedHead } from './object-head.ts';
import type { CopySource } from './parse-copy-source.ts';
import { encryptionHeaders } from './server-side-encryption.ts';
import { withoutConditions } from './without-conditions.ts';

const CLIENT_ENCRYPTION_PREFIX = 'client-side-encryption-';

/** What the copy takes from the request, and what it takes from its source. */
interface CopyPlan {
  readonly source: CopySource;
  readonly uploaded: UploadedHead;
  readonly givenContentType: string | undefined;
  readonly replacesMetadata: boolean;
  readonly replacesTags: boolean;
}

/** CopyObject. A callback that is asked for is not sent: OSS has callbacks for Put, Post and Complete only. */
export async function copyObject(call: OperationCall): Promise<OssResponse> {
  const { request, bucket, key, emulator } = call;
  const record = await requireBucket(emulator.store, bucket);
  const source = readCopySource(call);
  // An older version that is copied onto its object is brought back, with what belongs to it.
  const isItself = source.bucket === bucket && source.key === key && source.versionId === undefined;
  const plan: CopyPlan = {
    source,
    uploaded: readUploadedHead(withoutConditions(request.headers), record.storageClass),
    givenContentType: request.headers['content-type'] || undefined,
    // Onto itself an object is copied to change its metadata, whatever the directive says (documented).
    replacesMetadata: readDirective(request.headers, 'x-oss-metadata-directive') === 'REPLACE' || isItself,
    replacesTags: readDirective(request.headers, 'x-oss-tagging-directive') === 'REPLACE',
  };
  return isItself && record.versioning === undefined ? changeItself(call, plan, record) : copyBytes(call, plan);
}

async function copyBytes(call: OperationCall, plan: CopyPlan): Promise<OssResponse> {
  const { bucket, key, emulator } = call;
  const source = await openCopySource(call);
  if (source === 'not-modified') return { status: 304 };
  const staged = await emulator.store.stage(source.bytes);
  const object: NewObject = {
    bucket,
    key,
    ...copiedHead(source.object, plan),
    ...copiedFacts(source.object),
    lastModified: wholeSeconds(emulator.now()),
  };
  const committed = await commitUpload(call, staged, object);
  return copyResponse(object, { ...sourceVersionHeaders(source.object), ...committed });
}

/** The bytes are not touched: OSS changes objects of any size this way. */
async function changeItself(call: OperationCall, plan: CopyPlan, record: BucketRecord): Promise<OssResponse> {
  const source = await findCopySource(call, plan.source);
  if (source === 'not-modified') return { status: 304 };
  if (mustNotOverwrite(call, record)) throw new OssError('FileAlreadyExists');
  const lastModified = wholeSeconds(call.emulator.now());
  const object = await changeObject(call, (current) => ({ ...copiedHead(current, plan), lastModified }));
  return copyResponse(object, encryptionHeaders(object.serverSideEncryption));
}

function copyResponse(object: NewObject, more: Readonly<Record<string, string | undefined>>): OssResponse {
  const answer = xmlResponse('CopyObjectResult', [
    ['ETag', `"${object.etag}"`],
    ['LastModified', object.lastModified],
  ]);
  const { ETag, 'x-oss-hash-crc64ecma': crc64 } = digestHeaders(object);
  return { ...answer, headers: { ...answer.headers, ETag, 'x-oss-hash-crc64ecma': crc64, ...more } };
}

/**
 * In either case: the pages write `COPY` for metadata and `Copy` for tags.
 * @throws {OssError} `InvalidArgument`
 */
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

/**
 * ACL, encryption and storage class are never copied: they are the request's, or those of a new object. What replaces the
 * metadata leaves two things: the content type, when the request has none, and what a client needs to decrypt the bytes
 * (TestCopier of the Python SDK v2).
 */
function copiedHead(source: StoredObject, plan: CopyPlan): UploadedHead {
  const { uploaded, givenContentType, replacesMetadata, replacesTags } = plan;
  const { contentType, httpHeaders, userMetadata } = source;
  const tags = replacesTags ? uploaded.tags : source.tags;
  if (!replacesMetadata) return { ...uploaded, contentType, httpHeaders, userMetadata, tags };
  const kept = Object.entries(userMetadata).filter(([name]) => name.startsWith(CLIENT_ENCRYPTION_PREFIX));
  const type = givenContentType ?? contentType;
  return {
    ...uploaded,
    contentType: type,
    userMetadata: { ...Object.fromEntries(kept), ...uploaded.userMetadata },
    tags,
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
