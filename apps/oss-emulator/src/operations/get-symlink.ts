import { percentEncode } from '@oss-callback/oss-signing';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { objectHeaders } from './object-head.ts';
import { requireNamedObject } from './require-object.ts';

/** GetSymlink: what is known of the link itself, and the name of its target, encoded as SDKs decode it. */
export async function getSymlink(call: OperationCall): Promise<OssResponse> {
  const object = await requireNamedObject(call);
  if (object.symlinkTarget === undefined) throw new OssError('NotSymlink');
  const { 'x-oss-hash-crc64ecma': _, ...headers } = objectHeaders(object, call.emulator.now());
  return { status: 200, headers: { ...headers, 'x-oss-symlink-target': percentEncode(object.symlinkTarget) } };
}
