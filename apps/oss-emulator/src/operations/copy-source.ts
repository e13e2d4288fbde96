import { authorize } from '../access/authorize.ts';
import { isBucketName } from '../bucket-name.ts';
import { refuseForeignBucket } from '../access/foreign-bucket.ts';
import type { Operation, OperationCall } from '../operation.ts';
import { validObjectKey } from '../object-key.ts';
import { OssError } from '../oss-error.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import type { ByteRange, ObjectContent, StoredObject } from '../store/object-store.ts';
import { isSameVersion } from './get-object.ts';
import { parseCopySource } from './parse-copy-source.ts';
import type { CopySource } from './parse-copy-source.ts';
import { checkPreconditions } from './preconditions.ts';
import { missingObject, requireObject } from './require-object.ts';
import { requireReadable } from './restore-state.ts';
import { requireVersionId } from './version-id-parameter.ts';

/** EC by what is wrong with the header; pages of these numbers under https://help.aliyun.com/zh/oss/user-guide/. */
const SOURCE_ECS: Readonly<Record<string, Readonly<Record<'malformed' | 'empty' | 'version', string | undefined>>>> = {
  CopyObject: { malformed: '0016-00000304', empty: undefined, version: '0016-00000305' },
  UploadPartCopy: { malformed: '0042-00000301', empty: '0042-00000302', version: undefined },
};

/** The permission that reading the source takes. */
const GET_OBJECT: Operation = {
  name: 'GetObject',
  method: 'GET',
  resource: 'object',
  publicAccess: 'read',
  doc: 'getobject',
};

const MAX_ATTEMPTS = 5;

/**
 * What the copy reads.
 * @throws {OssError} `InvalidArgument`; `NoSuchBucket` for a name that no bucket can have, `InvalidObjectName` for one that
 * no object can have (C SDK, test_copy_object_negative)
 */
export function readCopySource({ request, operation }: OperationCall): CopySource {
  const text = request.headers['x-oss-copy-source'] ?? '';
  const ecs = SOURCE_ECS[operation.name];
  if (text === '') throw invalidSource(text, ecs?.empty);
  const source = parseCopySource(text);
  if (source === 'malformed') throw invalidSource(text, ecs?.malformed);
  if (source === 'empty-version') throw invalidSource(text, ecs?.version);
  if (source.versionId !== undefined) requireVersionId(source.versionId, 'x-oss-copy-source');
  // The emulator keeps objects of its own in a bucket that has no name for clients.
  if (!isBucketName(source.bucket)) throw new OssError('NoSuchBucket', { BucketName: source.bucket });
  validObjectKey(source.key);
  return source;
}

/**
 * The object that a copy reads, when the caller may and `x-oss-copy-source-if-…` allow it.
 * @throws {OssError} `NoSuchBucket`, `NoSuchKey`, `NoSuchVersion`, `MethodNotAllowed` for a delete marker, `AccessDenied`,
 * `InvalidObjectState`, `PreconditionFailed`
 */
export async function findCopySource(call: OperationCall, source: CopySource): Promise<StoredObject | 'not-modified'> {
  const { store, now, foreignBuckets } = call.emulator;
  const { bucket, key, versionId } = source;
  refuseForeignBucket(bucket, GET_OBJECT, foreignBuckets);
  // For another account the source's policy counts too, and has been asked with the other permissions.
  if (call.caller.kind !== 'other-account') await authorize(call.caller, GET_OBJECT, source, store);
  const object = await requireObject(store, bucket, key, versionId);
  requireReadable(object, now());
  const verdict = checkPreconditions(sourceConditions(call.request.headers), object);
  return verdict === 'not-modified' ? verdict : object;
}

/**
 * Opens what {@link findCopySource} finds.
 * @param selectRange the part that is wanted; `undefined` for the whole object
 * @returns head and bytes of one version; the bytes have to be read or destroyed
 */
export async function openCopySource(
  call: OperationCall,
  selectRange: (object: StoredObject) => ByteRange | undefined = () => undefined,
): Promise<ObjectContent | 'not-modified'> {
  const { store } = call.emulator;
  const source = readCopySource(call);
  const { bucket, key, versionId } = source;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    // Each round looks at one version; the next round is for an object that was replaced in between.
    /* oxlint-disable no-await-in-loop */
    const object = await findCopySource(call, source);
    if (object === 'not-modified') return object;
    const content = await store.read(bucket, key, selectRange(object), versionId);
    if (content === undefined) throw await missingObject(store, bucket, key, versionId);
    if (isSameVersion(object, content.object)) return content;
    content.bytes.destroy();
    /* oxlint-enable no-await-in-loop */
  }
  throw new OssError('InternalError', {}, { cause: `${bucket}/${key} was replaced again and again while being read` });
}

/** As both copies answer it; absent where the source has no versions. */
export function sourceVersionHeaders({ versionId }: StoredObject): Record<string, string | undefined> {
  return { 'x-oss-copy-source-version-id': versionId };
}

function invalidSource(text: string, ec: string | undefined): OssError {
  return new OssError(
    'InvalidArgument',
    { ArgumentName: 'x-oss-copy-source', ArgumentValue: text },
    { message: 'The value of x-oss-copy-source must be /bucket/key, percent-encoded.', ec },
  );
}

/**
 * Those of the source, by the names that conditions have elsewhere. An empty one is none (ali-oss 6.23.0, callback.test.js,
 * "should multipart upload copy with callback").
 */
function sourceConditions(headers: RequestHeaders): RequestHeaders {
  const names = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[`x-oss-copy-source-${name}`];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
}
