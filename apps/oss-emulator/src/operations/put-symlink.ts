import { createHash } from 'node:crypto';
import { requireBucket } from '../require-bucket.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { NewObject } from '../store/object-store.ts';
import { commitUpload } from './commit-upload.ts';
import { readUploadedHead, wholeSeconds } from './object-head.ts';

const MAX_KEY_BYTES = 1023;

/**
 * PutSymlink: an object without bytes that stands for another of the same bucket. Nobody looks whether that one is there
 * (documented). The ETag is the MD5 of the target's name (assumed; samples show 32 hex digits).
 */
export async function putSymlink(call: OperationCall): Promise<OssResponse> {
  const { request, bucket, key, emulator } = call;
  const { storageClass } = await requireBucket(emulator.store, bucket);
  const symlinkTarget = readSymlinkTarget(request.headers['x-oss-symlink-target']);
  const object: NewObject = {
    bucket,
    key,
    ...readUploadedHead(request.headers, storageClass),
    etag: createHash('md5').update(symlinkTarget).digest('hex').toUpperCase(),
    crc64: 0n,
    contentMd5: undefined,
    objectType: 'Symlink',
    symlinkTarget,
    lastModified: wholeSeconds(emulator.now()),
  };
  const staged = await emulator.store.stage(noBytes());
  const committed = await commitUpload(call, staged, object);
  return { status: 200, headers: { ETag: `"${object.etag}"`, ...committed } };
}

/** Percent-encoded as a key in a URL is. The code for its absence is assumed; its EC is documented. */
function readSymlinkTarget(text: string | undefined): string {
  const refuse = (message: string, ec?: string): OssError =>
    new OssError('InvalidArgument', { ArgumentName: 'x-oss-symlink-target', ArgumentValue: text }, { message, ec });
  if (text === undefined || text === '') {
    throw refuse('The header x-oss-symlink-target must be specified.', '0043-00000001');
  }
  let target: string;
  try {
    target = decodeURIComponent(text);
  } catch {
    throw refuse('The header x-oss-symlink-target shall be URLEncoded.');
  }
  if (Buffer.byteLength(target) > MAX_KEY_BYTES || /^[/\\]/.test(target)) {
    throw refuse('The symlink target is not a valid object name.');
  }
  return target;
}

async function* noBytes(): AsyncGenerator<Uint8Array, void, undefined> {
  // There are none.
}
