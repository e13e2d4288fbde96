import type { OssResponse } from '../http/oss-response.ts';
import type { StoredObject } from '../store/object-store.ts';

/** Says in the answer which version it is about, when there can be several. */
export function withVersion(answer: OssResponse, { versionId }: StoredObject): OssResponse {
  return versionId === undefined
    ? answer
    : { ...answer, headers: { ...answer.headers, 'x-oss-version-id': versionId } };
}
