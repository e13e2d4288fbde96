import type { OperationCall } from '../operation.ts';
import type { OssResponse } from '../oss-response.ts';
import { notModified } from './get-object.ts';
import { objectHeaders } from './object-head.ts';
import { checkPreconditions } from './preconditions.ts';
import { requireObject } from './require-object.ts';

export async function headObject({ request, bucket, key, emulator }: OperationCall): Promise<OssResponse> {
  const object = await requireObject(emulator.store, bucket, key);
  if (checkPreconditions(request.headers, object) === 'not-modified') return notModified(object);
  return { status: 200, headers: objectHeaders(object), body: { sizeBytes: object.sizeBytes, bytes: neverRead() } };
}

/** The answer to HEAD announces the size of bytes that it does not send. */
export async function* neverRead(): AsyncGenerator<Uint8Array, void, undefined> {}
