import type { OssResponse } from '../http/oss-response.ts';
import type { ControlContext } from './control-context.ts';
import { jsonResponse } from './control-route.ts';
import type { ControlCall } from './control-route.ts';

/** What was stored, each with the ids of its callbacks; none where nobody was to be called. */
export async function listUploads(_call: ControlCall, { journal, uploads }: ControlContext): Promise<OssResponse> {
  const callbacks = Map.groupBy(journal.entries(), ({ requestId }) => requestId);
  return jsonResponse(
    uploads.entries().map((upload) => ({
      ...upload,
      callbacks: (callbacks.get(upload.requestId) ?? []).map(({ id }) => id),
    })),
  );
}
