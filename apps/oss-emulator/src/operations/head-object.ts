import type { OperationCall } from '../operation.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { compressText } from './compress-text.ts';
import { followSymlink } from './follow-symlink.ts';
import { notModified } from './get-object.ts';
import { objectHeaders } from './object-head.ts';
import { checkPreconditions } from './preconditions.ts';
import { requireNamedObject } from './require-object.ts';

/** HeadObject: what GetObject would say of the object, also while it is archived. */
export async function headObject(call: OperationCall): Promise<OssResponse> {
  const { request, emulator } = call;
  const { shown } = await followSymlink(call, await requireNamedObject(call));
  if (checkPreconditions(request.headers, shown) === 'not-modified') return notModified(shown);
  const body = { sizeBytes: shown.sizeBytes, bytes: neverRead() };
  return compressText({ status: 200, headers: objectHeaders(shown, emulator.now()), body }, request.headers);
}

/** The answer to HEAD announces the size of bytes that it does not send. */
export async function* neverRead(): AsyncGenerator<Uint8Array, void, undefined> {}
