import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { requirePermission } from '../access/admit.ts';
import { authenticateForm } from '../access/authenticate-form.ts';
import { requireBucket } from '../require-bucket.ts';
import { readFormCallback } from '../callback/callback-request.ts';
import { readFormBoundary } from '../form/form-boundary.ts';
import { readFormKey } from '../form/form-key.ts';
import { readFormValues } from '../form/form-values.ts';
import type { FormValues } from '../form/form-values.ts';
import { findFormWarnings } from '../form/form-warnings.ts';
import { readPostForm } from '../form/post-form.ts';
import { meterDigests } from '../digests/object-digests.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssRequest } from '../http/oss-request.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { pace } from '../http/pace.ts';
import type { RequestBody } from '../http/request-body.ts';
import type { NewObject } from '../store/object-store.ts';
import { readTrafficLimit } from '../http/traffic-limit.ts';
import { answerPostObject } from './answer-post-object.ts';
import { answerUpload } from './answer-upload.ts';
import { commitUpload } from './commit-upload.ts';
import { decodeContentMd5 } from './content-md5.ts';
import { digestHeaders, readUploadedHead, wholeSeconds } from './object-head.ts';
import { objectLocation } from './object-location.ts';

/** 5 GB, the documented limit of the whole body. */
const MAX_FORM_BYTES = 5 * 1024 ** 3;

/**
 * An upload by an HTML form. Everything before the file is read and checked first: the signature of the policy, the policy,
 * the callback. Then a form is what a PutObject would be, with fields in place of headers.
 */
export async function postObject(call: OperationCall): Promise<OssResponse> {
  const { request, bucket, emulator } = call;
  const { store, callbacks } = emulator;
  refuseOtherPosts(request);
  const boundary = readFormBoundary(request.headers['content-type']);
  const expectedMd5 = decodeContentMd5(request.headers['content-md5']);
  checkDeclaredSize(request.body);
  const bodyMd5 = expectedMd5 === undefined ? undefined : createHash('md5');
  const form = await readPostForm(hashing(request.body.read(MAX_FORM_BYTES), bodyMd5), boundary);

  const fields = readFormValues(form);
  const key = readFormKey(fields.get('key'), form.file.fileName);
  const { caller, sizeRange } = authenticateForm(form, call);
  const upload: OperationCall = { ...call, caller, key, request: withFields(request, fields) };
  await requirePermission(upload);
  const record = await requireBucket(store, bucket);
  const requested = readFormCallback(fields.get('callback'), fields.variables, record);
  const head = readUploadedHead(fields.headers, record.storageClass);
  if (requested !== undefined) await callbacks.checkTargets(requested);

  const bytesPerSecond = readTrafficLimit(upload.request);
  const bytes = withinSize(form.file.bytes, sizeRange);
  const metered = meterDigests(bytesPerSecond === undefined ? bytes : pace(bytesPerSecond)(bytes));
  const staged = await store.stage(metered.bytes);
  if (expectedMd5 !== undefined && bodyMd5?.digest().equals(expectedMd5) !== true) {
    await store.discard(staged);
    throw new OssError('InvalidDigest');
  }
  const { sizeBytes, md5: _md5, ...digests } = metered.digests();
  const lastModified = wholeSeconds(emulator.now());
  const object: NewObject = { bucket, key, ...head, ...digests, objectType: 'Normal', lastModified };
  for (const warning of findFormWarnings(form)) emulator.warn(request, `${bucket}/${key}`, warning);
  const committed = await commitUpload(upload, staged, object);
  // With a callback the receiver's answer stands in for all of that (OSS: *Callback*).
  const own =
    requested === undefined ? answerPostObject(fields, object, objectLocation(request, bucket, key)) : { status: 204 };
  const answer = { ...own, headers: { ...digestHeaders(object), ...committed, ...own.headers } };
  return answerUpload(upload, { object, sizeBytes, requested, formCallback: fields.get('callback') }, answer);
}

/** Headers of the form that say something about its sender, none about the object. */
const SENDER_HEADERS: readonly string[] = ['host', 'origin', 'referer', 'user-agent'];

/** What a PutObject of the same object would be: its parameters are none of the query of a form. */
function withFields(request: OssRequest, fields: FormValues): OssRequest {
  const ofSender = Object.entries(request.headers).filter(([name]) => SENDER_HEADERS.includes(name));
  return { ...request, headers: { ...fields.headers, ...Object.fromEntries(ofSender) }, parameters: new Map() };
}

function checkDeclaredSize({ declaredSizeBytes, chunked }: RequestBody): void {
  if (declaredSizeBytes === undefined && !chunked) throw new OssError('MissingContentLength');
  if (declaredSizeBytes !== undefined && declaredSizeBytes > MAX_FORM_BYTES) {
    throw new OssError('EntityTooLarge', {}, { message: 'Post body size must be less than 5G.', ec: '0006-00000003' });
  }
}

/** `Content-MD5` of a form is that of the whole body, as OSS documents it. */
async function* hashing(bytes: AsyncIterable<Uint8Array>, hash: Hash | undefined): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash?.update(chunk);
    yield chunk;
  }
}

/** The policy's `content-length-range`: what is too large is refused as soon as it is, not when it has all arrived. */
async function* withinSize(
  bytes: AsyncIterable<Uint8Array>,
  range: { readonly min: number; readonly max: number } | undefined,
): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0;
  for await (const chunk of bytes) {
    sizeBytes += chunk.length;
    if (range !== undefined && sizeBytes > range.max) throw new OssError('EntityTooLarge', {}, { ec: '0006-00000003' });
    yield chunk;
  }
  if (range !== undefined && sizeBytes < range.min) throw new OssError('EntityTooSmall', {}, { ec: '0006-00000004' });
}

/**
 * A POST with parameters that is no form is taken for one of an operation that there is not (Python SDK v2,
 * `test_do_meta_query_action`, whose sub-resource is misspelt).
 * @throws {OssError} `MethodNotAllowed`
 */
function refuseOtherPosts({ headers, parameters }: OssRequest): void {
  const isForm = /^multipart\//i.test(headers['content-type'] ?? '');
  if (isForm || parameters.size === 0) return;
  throw new OssError('MethodNotAllowed', { ResourceType: 'Bucket', Method: 'POST' });
}
