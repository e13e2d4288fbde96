import type { Readable } from 'node:stream';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { ByteRange, StoredObject } from '../store/object-store.ts';
import { selectRange } from './byte-range.ts';
import { compressText } from './compress-text.ts';
import { followSymlink } from './follow-symlink.ts';
import { objectHeaders } from './object-head.ts';
import { checkPreconditions } from './preconditions.ts';
import { missingObject, requireNamedObject } from './require-object.ts';
import { requireReadable } from './restore-state.ts';
import { readVersionId } from './version-id-parameter.ts';

/** GetObject: the bytes of an object, or of the one that a symlink stands for. */
export async function getObject(call: OperationCall): Promise<OssResponse> {
  const { request, bucket, emulator } = call;
  const overrides = overriddenHeaders(call);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    // Each round looks at one version; the next round is for an object that was replaced in between.
    /* oxlint-disable no-await-in-loop */
    const object = await requireNamedObject(call);
    const { source, shown } = await followSymlink(call, object);
    requireReadable(source, emulator.now());
    if (checkPreconditions(request.headers, shown) === 'not-modified') return notModified(shown);
    const range = selectRange(request.headers, source.sizeBytes);
    const versionId = source === object ? readVersionId(request.parameters) : undefined;
    const content = await emulator.store.read(bucket, source.key, range, versionId);
    if (content === undefined) throw await missingObject(emulator.store, bucket, source.key, versionId);
    if (isSameVersion(source, content.object)) {
      const headers = { ...objectHeaders(shown, emulator.now()), ...overrides };
      return compressText(contentResponse(headers, content.bytes, source.sizeBytes, range), request.headers);
    }
    content.bytes.destroy();
    /* oxlint-enable no-await-in-loop */
  }
  throw new OssError(
    'InternalError',
    {},
    { cause: `${bucket}/${call.key} was replaced again and again while being read` },
  );
}

const MAX_ATTEMPTS = 5;

export function isSameVersion(a: StoredObject, b: StoredObject): boolean {
  return (
    a.etag === b.etag &&
    a.sizeBytes === b.sizeBytes &&
    a.versionId === b.versionId &&
    a.lastModified.getTime() === b.lastModified.getTime()
  );
}

export function notModified(object: StoredObject): OssResponse {
  return {
    status: 304,
    headers: { ETag: `"${object.etag}"`, 'Last-Modified': object.lastModified.toUTCString() },
  };
}

function contentResponse(
  headers: Record<string, string | undefined>,
  bytes: Readable,
  sizeBytes: number,
  range: ByteRange | undefined,
): OssResponse {
  if (range === undefined) return { status: 200, headers, body: { sizeBytes, bytes } };
  return {
    status: 206,
    headers: { ...headers, 'Content-Range': `bytes ${range.start}-${range.end}/${sizeBytes}` },
    body: { sizeBytes: range.end - range.start + 1, bytes },
  };
}

/** `response-content-type` and its like replace what is stored; documented for GetObject. */
const OVERRIDES: ReadonlyArray<readonly [parameter: string, header: string]> = [
  ['response-cache-control', 'Cache-Control'],
  ['response-content-disposition', 'Content-Disposition'],
  ['response-content-encoding', 'Content-Encoding'],
  ['response-content-language', 'Content-Language'],
  ['response-content-type', 'Content-Type'],
  ['response-expires', 'Expires'],
];

/** @throws {OssError} `InvalidRequest` without a signature: anybody could make a link that shows an object as another type */
function overriddenHeaders({ request, caller }: OperationCall): Record<string, string> {
  const overrides = OVERRIDES.flatMap(([parameter, header]) => {
    const value = request.parameters.get(parameter);
    return value === undefined || value === '' ? [] : [[header, value]];
  });
  if (overrides.length > 0 && caller.kind === 'anonymous') {
    const message = 'Request specific response headers cannot be used for anonymous GET requests.';
    throw new OssError('InvalidRequest', {}, { message });
  }
  return Object.fromEntries(overrides) as Record<string, string>;
}
