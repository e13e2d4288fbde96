import { ConfigError } from '../config/config-error.ts';
import { faultProfiles } from '../faults/fault-profiles.ts';
import type { Fault } from '../faults/faults.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { readSmallBody } from '../http/request-body.ts';
import type { ControlContext } from './control-context.ts';
import { controlError, jsonResponse } from './control-route.ts';
import type { ControlCall } from './control-route.ts';

const MAX_BODY_BYTES = 64 * 1024;
const MAX_FAULTS = 100;

export async function listFaults(_call: ControlCall, { faults }: ControlContext): Promise<OssResponse> {
  const profiles = Object.fromEntries(Object.entries(faultProfiles).map(([name, { doc }]) => [name, doc]));
  return jsonResponse({ faults: faults.list(), profiles });
}

/** The body is a fault, its name, or a list of them; they take the place of all that were set. */
export async function putFaults({ body }: ControlCall, { faults }: ControlContext): Promise<OssResponse> {
  let value: unknown;
  try {
    value = JSON.parse((await readSmallBody(body, MAX_BODY_BYTES)).toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return controlError(400, 'The body must be JSON: a fault, the name of a profile, or a list of them.');
  }
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length > MAX_FAULTS) return controlError(400, `There may be ${MAX_FAULTS} faults at most.`);
  try {
    // What is no fault at all is refused by `set`.
    faults.set(...(list as readonly Fault[]));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return controlError(400, error.message);
  }
  return jsonResponse({ faults: faults.list() });
}

export async function deleteFaults(_call: ControlCall, { faults }: ControlContext): Promise<OssResponse> {
  faults.clear();
  return { status: 204 };
}
