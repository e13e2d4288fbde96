import type { OssResponse } from '../http/oss-response.ts';
import type { ControlContext } from './control-context.ts';
import { controlError, jsonResponse } from './control-route.ts';
import type { ControlCall } from './control-route.ts';

export async function listCallbacks(_call: ControlCall, { journal }: ControlContext): Promise<OssResponse> {
  return jsonResponse(journal.entries());
}

export async function getCallback({ id }: ControlCall, { journal }: ControlContext): Promise<OssResponse> {
  const entry = journal.find(id);
  return entry === undefined ? unknownCallback(id) : jsonResponse(entry);
}

export async function replayCallback({ id }: ControlCall, { callbacks }: ControlContext): Promise<OssResponse> {
  const entry = await callbacks.replay(id);
  return entry === undefined ? unknownCallback(id) : jsonResponse(entry);
}

function unknownCallback(id: string): OssResponse {
  return controlError(404, `There is no callback ${id}, or no longer.`);
}
