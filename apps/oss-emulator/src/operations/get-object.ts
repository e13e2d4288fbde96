import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../oss-response.ts';
import type { ByteRange, ObjectContent, StoredObject } from '../store/object-store.ts';
import { selectRange } from './byte-range.ts';
import { objectHeaders } from './object-head.ts';
import { checkPreconditions } from './preconditions.ts';
import { missingObject, requireObject } from './require-object.ts';

export async function getObject(call: OperationCall): Promise<OssResponse> {
  const { request, bucket, key, emulator } = call;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    // Each round looks at one version; the next round is for an object that was replaced in between.
    /* oxlint-disable no-await-in-loop */
    const object = await requireObject(emulator.store, bucket, key);
    if (checkPreconditions(request.headers, object) === 'not-modified') return notModified(object);
    const range = selectRange(request.headers, object.sizeBytes);
    const content = await emulator.store.read(bucket, key, range);
    if (content === undefined) throw await missingObject(emulator.store, bucket, key);
    if (isSameVersion(object, content.object)) return contentResponse(call, content, range);
    content.bytes.destroy();
    /* oxlint-enable no-await-in-loop */
  }
  throw new OssError('InternalError', {}, { cause: `${bucket}/${key} was replaced again and again while being read` });
}

const MAX_ATTEMPTS = 5;

function isSameVersion(a: StoredObject, b: StoredObject): boolean {
  return a.etag === b.etag && a.sizeBytes === b.sizeBytes && a.lastModified.getTime() === b.lastModified.getTime();
}

export function notModified(object: StoredObject): OssResponse {
  return {
    status: 304,
    headers: { ETag: `"${object.etag}"`, 'Last-Modified': object.lastModified.toUTCString() },
  };
}

function contentResponse(
  { request }: OperationCall,
  { object, bytes }: ObjectContent,
  range: ByteRange | undefined,
): OssResponse {
  const headers = { ...objectHeaders(object), ...overriddenHeaders(request.parameters) };
  if (range === undefined) return { status: 200, headers, body: { sizeBytes: object.sizeBytes, bytes } };
  return {
    status: 206,
    headers: { ...headers, 'Content-Range': `bytes ${range.start}-${range.end}/${object.sizeBytes}` },
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

function overriddenHeaders(parameters: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    OVERRIDES.flatMap(([parameter, header]) => {
      const value = parameters.get(parameter);
      return value === undefined || value === '' ? [] : [[header, value]];
    }),
  );
}
