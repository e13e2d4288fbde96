import type { OssResponse } from '../http/oss-response.ts';
import type { ControlContext } from './control-context.ts';
import type { ControlCall } from './control-route.ts';

export async function postReset(_call: ControlCall, { reset }: ControlContext): Promise<OssResponse> {
  await reset();
  return { status: 204 };
}
