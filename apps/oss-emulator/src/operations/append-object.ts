import { createHash } from 'node:crypto';
import { requireBucket } from '../require-bucket.ts';
import { bucketEncryption } from '../bucket-configuration/encryption-configuration.ts';
import { hasObjectWorm } from '../bucket-configuration/has-object-worm.ts';
import { combineCrc64 } from '../digests/crc64.ts';
import { meterDigests } from '../digests/object-digests.ts';
import type { ObjectDigests } from '../digests/object-digests.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { RequestBody } from '../http/request-body.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import type { BucketRecord, NewObject, ObjectContent, ObjectStore, StoredObject } from '../store/object-store.ts';
import { appendRefusal, readPosition, wrongPosition } from './append-position.ts';
import { decodeContentMd5 } from './content-md5.ts';
import { checkSha1, invalidSha1 } from './content-sha1.ts';
import { journalUpload } from './journal-upload.ts';
import { isProtected } from './must-not-overwrite.ts';
import { readObjectAcl } from './object-acl.ts';
import { digestHeaders, readUploadedHead, wholeSeconds } from './object-head.ts';
import type { UploadedHead } from './object-head.ts';
import { encryptionHeaders } from './server-side-encryption.ts';

/** 5 GB, the documented limit of the whole object. */
const MAX_OBJECT_BYTES = 5 * 1024 ** 3;

/**
 * Adds bytes to the end of an appendable object, or makes one. What is known of the object is what its first request said, its ACL apart.
 * The bytes that are there are copied into the new whole, so that a reader of the object sees it before the append or after
 * it. Of two appends at the same position the one that is committed first wins.
 */
export async function appendObject(call: OperationCall): Promise<OssResponse> {
  const { request, bucket, key, emulator } = call;
  const { store } = emulator;
  const position = readPosition(request.parameters.get('position'));
  const record = await requireBucket(store, bucket);
  const expectedMd5 = decodeContentMd5(request.headers['content-md5']);
  if (hasObjectWorm(record)) {
    // "Enabling ObjectWorm disables support for append uploads."
    throw new OssError(
      'OperationNotSupported',
      {},
      { message: 'Objects of the bucket can be retained, not appended to.' },
    );
  }
  const acl = readObjectAcl(request.headers);
  checkDeclaredSize(request.body, position);
  const sha1 = checkSha1(request.headers, request.body.read(MAX_OBJECT_BYTES - position));
  // A rule of the bucket holds for what is appended too (prevent-file-overwrite).
  if (isProtected(call, record) && (await store.head(bucket, key)) !== undefined)
    throw new OssError('FileAlreadyExists');
  const content = await readAppendable(store, call, position);
  const before = content?.object;
  const head = before === undefined ? firstHead(request.headers, record) : laterHead(before);
  if (request.headers['x-oss-callback'] !== undefined || request.parameters.has('callback')) {
    emulator.warn(request, `${bucket}/${key}`, 'AppendObject sends no callback, the one that is given is ignored');
  }

  const metered = meterDigests(sha1.bytes);
  const staged = await store.stage(oneAfterTheOther(content?.bytes, metered.bytes));
  const digests = metered.digests();
  if (expectedMd5 !== undefined && !digests.md5.equals(expectedMd5)) {
    await store.discard(staged);
    throw new OssError('InvalidDigest');
  }
  if (!sha1.holds()) {
    await store.discard(staged);
    throw invalidSha1();
  }
  if (before !== undefined && digests.sizeBytes === 0) {
    // "The status of the append object is not changed."
    await store.discard(staged);
    return answerAppend(before, before.sizeBytes, before.versionId);
  }
  // Looked for again: what has become of the object meanwhile stays, such as its ACL.
  const current = await store.head(bucket, key);
  const refused = appendRefusal(current, position);
  if (refused !== undefined) {
    await store.discard(staged);
    throw refused;
  }
  const object: NewObject = {
    ...(before === undefined || current === undefined ? head : laterHead(current)),
    // The ACL of a later request counts; its metadata does not (Go SDK v1, TestAppendObject).
    acl: acl ?? current?.acl,
    bucket,
    key,
    ...appendedDigests(before, digests),
    contentMd5: undefined,
    lastModified: wholeSeconds(emulator.now()),
  };
  const committed = await store.commit(staged, object, { replaces: { etag: before?.etag } });
  switch (committed.outcome) {
    case 'committed':
      journalUpload(call, object, { sizeBytes: staged.sizeBytes, versionId: committed.versionId });
      return answerAppend(object, staged.sizeBytes, committed.versionId);
    case 'bucket-missing':
      throw new OssError('NoSuchBucket', { BucketName: bucket });
    case 'object-exists':
    case 'object-changed': {
      const now = await store.head(bucket, key);
      throw appendRefusal(now, position) ?? wrongPosition(now?.sizeBytes ?? 0);
    }
  }
}

type AppendableHead = UploadedHead & Pick<NewObject, 'objectType'>;

function firstHead(headers: RequestHeaders, record: BucketRecord): AppendableHead {
  const head = readUploadedHead(headers, record.storageClass);
  const serverSideEncryption = head.serverSideEncryption ?? bucketEncryption(record);
  return { ...head, serverSideEncryption, objectType: 'Appendable' };
}

function laterHead({ sizeBytes: _size, versionId: _version, ...head }: StoredObject): AppendableHead {
  return head;
}

function answerAppend(object: NewObject, sizeBytes: number, versionId: string | undefined): OssResponse {
  return {
    status: 200,
    headers: {
      ...digestHeaders(object),
      ...encryptionHeaders(object.serverSideEncryption),
      'x-oss-next-append-position': String(sizeBytes),
      'x-oss-version-id': versionId,
    },
  };
}

function checkDeclaredSize({ declaredSizeBytes, chunked }: RequestBody, position: number): void {
  if (declaredSizeBytes === undefined && !chunked) throw new OssError('MissingContentLength');
  if (position + (declaredSizeBytes ?? 0) > MAX_OBJECT_BYTES) throw new OssError('EntityTooLarge');
}

/** @returns `undefined` when the append makes a new object; the bytes are to be read or destroyed */
async function readAppendable(
  store: ObjectStore,
  { bucket, key }: OperationCall,
  position: number,
): Promise<ObjectContent | undefined> {
  const content = await store.read(bucket, key);
  const refused = appendRefusal(content?.object, position);
  if (refused === undefined) return content;
  content?.bytes.destroy();
  throw refused;
}

async function* oneAfterTheOther(
  first: AsyncIterable<Uint8Array> | undefined,
  second: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (first !== undefined) yield* first;
  yield* second;
}

/** The ETag of an appendable object is no MD5 and ends in zeros, as the samples of OSS do; how it comes about is ours. */
function appendedDigests(
  before: StoredObject | undefined,
  { md5, crc64, sizeBytes }: ObjectDigests,
): Pick<NewObject, 'etag' | 'crc64'> {
  const hash = createHash('md5')
    .update(before?.etag ?? '')
    .update(md5);
  return {
    etag: `${hash.digest('hex').slice(0, 24)}00000000`.toUpperCase(),
    crc64:
      before === undefined
        ? crc64
        : before.crc64 === undefined
          ? undefined
          : combineCrc64(before.crc64, crc64, sizeBytes),
  };
}
